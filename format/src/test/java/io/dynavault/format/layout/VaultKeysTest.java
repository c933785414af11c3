// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultKeysTest {
  private static final String ID = "01795253400123-0a1b2c3d";

  @Test
  void keysAreThoseOfTheSpecification() {
    assertThat(VaultKeys.runRecord("orders", ID)).isEqualTo("runs/orders/" + ID + "/run.json");
    assertThat(VaultKeys.runFile("orders", ID, "a.json.gz"))
        .isEqualTo("runs/orders/" + ID + "/files/a.json.gz.json");
    assertThat(VaultKeys.deletion("orders", ID)).isEqualTo("deletions/orders/" + ID + ".json");
    assertThat(VaultKeys.backupLease("orders")).isEqualTo("locks/backup/orders/lease.json");
    assertThat(VaultKeys.continuousLease("orders")).isEqualTo("locks/continuous/orders/lease.json");
    assertThat(VaultKeys.continuousStop("orders")).isEqualTo("locks/continuous/orders/stop.json");
    assertThat(VaultKeys.copyLease("orders", ID))
        .isEqualTo("locks/copy/orders/" + ID + "/lease.json");
    assertThat(VaultKeys.mark(VaultKeys.READING, "orders", ID, "00ff-1"))
        .isEqualTo("locks/reading/orders/" + ID + "/00ff-1.json");
    assertThat(VaultKeys.logEntry(VaultKeys.LOCK_LOG, 12)).isEqualTo("lock/00000012.json");
    assertThat(VaultKeys.logEntry(VaultKeys.holds("orders", ID), 1))
        .isEqualTo("holds/orders/" + ID + "/00000001.json");
  }

  @Test
  void keysAreParsedBack() {
    RecoveryPointKey point = new RecoveryPointKey("orders", ID);

    assertThat(VaultKeys.parseDeletion(VaultKeys.deletion("orders", ID))).contains(point);
    assertThat(VaultKeys.parse(VaultKeys.runRecord("orders", ID), VaultKeys.RUNS, "/run.json"))
        .contains(point);
    assertThat(VaultKeys.parseBelow(VaultKeys.runFile("orders", ID, "a"), VaultKeys.RUNS))
        .contains(point);
    assertThat(VaultKeys.parseLogEntry("lock/", "lock/00000012.json")).contains(12);
  }

  @Test
  void keysOfAnotherFormAreNotOurs() {
    for (String key :
        List.of(
            "runs/orders/run.json",
            "runs/orders/latest/run.json",
            "runs/or/" + ID + "/run.json",
            "runs//" + ID + "/run.json",
            "runs/../" + ID + "/run.json",
            "runs/orders/" + ID + "/deeper/run.json",
            "other/orders/" + ID + "/run.json")) {
      assertThat(VaultKeys.parse(key, VaultKeys.RUNS, "/run.json")).as(key).isEmpty();
    }
    assertThat(VaultKeys.parseLogEntry("lock/", "lock/1.json")).isEmpty();
    assertThat(VaultKeys.parseLogEntry("lock/", "lock/00000012.json.bak")).isEmpty();
    assertThat(VaultKeys.parseLogEntry("lock/", "locks/00000012.json")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../x",
        "a/b",
        "",
        "ab",
        "or\u0000ders",
        "orders\n",
        "ordérs",
        "orders%2e",
        "C:\\x"
      })
  void namesThatCouldLeadElsewhereAreRefused(String name) {
    List<UnaryOperator<String>> builders =
        List.of(
            table -> VaultKeys.runRecord(table, ID),
            table -> VaultKeys.deletion(table, ID),
            table -> VaultKeys.holds(table, ID),
            VaultKeys::backupLease,
            table -> VaultKeys.mark(VaultKeys.READING, table, ID, "x"),
            id -> VaultKeys.runRecord("orders", id));
    for (UnaryOperator<String> builder : builders) {
      assertThatThrownBy(() -> builder.apply(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void knowsTheVaultsOwnFolders() {
    assertThat(
            List.of(
                "lock/1", "locks", "runs/x", "recovery-points/orders", "vault.json", "chains/x"))
        .allMatch(VaultKeys::isOwn);
    assertThat(List.of("2026-11-21/orders", "exports/AWSDynamoDB", "lockers/x"))
        .noneMatch(VaultKeys::isOwn);
  }

  @Test
  void requestsOfRestoresAreKnownByTheirForm() {
    String request = "0123456789abcdef0123456789abcdef";
    String answer = VaultKeys.restoreAnswer(request);
    String checkpoint = VaultKeys.restoreCheckpoint(request, "orders");

    assertThat(VaultKeys.parseRestoreRequest(answer))
        .contains(new RestoreRequestKey(request, Optional.empty()));
    assertThat(VaultKeys.parseRestoreRequest(checkpoint))
        .contains(new RestoreRequestKey(request, Optional.of("orders")));
    assertThat(VaultKeys.parseBelow(checkpoint, VaultKeys.RESTORES)).isEmpty();
    // The journal of a restore of a table of that name.
    String journal = VaultKeys.restore("requests", "01795253400123-0a1b2c3d", "orders");
    assertThat(VaultKeys.parseRestoreRequest(journal)).isEmpty();
    assertThat(VaultKeys.parseRestoreRequest("restores/requests/x.json")).isEmpty();
    assertThat(VaultKeys.parseRestoreRequest(checkpoint + "/y.json")).isEmpty();
    assertThatThrownBy(() -> VaultKeys.restoreAnswer("../lock"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
