// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.lease.TestingHolders;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.format.layout.RecoveryPointKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VaultTest {
  private static final String ID = "01795253400000-0a1b2c3d";

  private final TestingVault testing = new TestingVault();

  @Test
  void whatWasCreatedCanBeOpened() {
    assertThat(testing.on("elsewhere").config()).isEqualTo(testing.vault.config());
    assertThat(testing.keys("")).containsExactly("vault.json");
  }

  @Test
  void isNotCreatedTwice() {
    failure(
        ErrorCode.VAULT_EXISTS,
        () ->
            Vault.create(
                testing.memory,
                testing.vault.config(),
                TestingHolders.holder("b"),
                testing.settings()));
  }

  @Test
  void saysHowToCreateOneWhereThereIsNone() {
    MemoryStore empty = MemoryStore.isolated(testing.time);

    DynavaultException failure =
        failure(
            ErrorCode.VAULT_NOT_FOUND,
            () -> Vault.open(empty, TestingHolders.holder("a"), testing.settings()));
    assertThat(failure).hasMessage("unable to open vault 'mem:isolated': there is no vault.json");
    assertThat(failure.hint())
        .isEqualTo(
            "check the location, or create it with: dynavault vault create --vault mem:isolated");
  }

  @Test
  void anotherVersionsVaultIsNotTouched() {
    testing.memory.put(
        "vault.json", "{\"formatVersion\":\"2.0\"}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> testing.on("here"))
        .hasMessage("unable to read vault.json: its format version 2.0 is not known");
  }

  @Test
  void aDeletedPointCannotBeProtected() {
    RecoveryPoint point = TestingPoints.point("orders", "2026-11-21T00:00:00Z");

    failure(ErrorCode.RECOVERY_POINT_NOT_FOUND, () -> testing.vault.protect(point).close());
    assertThat(testing.keys("locks/reading/")).isEmpty();
  }

  @Test
  void protectingWaitsForADeletionThatGivesWay() throws Exception {
    RecoveryPoint point = testing.commit("orders", "2026-11-21T00:00:00Z").point();
    Mark deletion =
        testing.on("other").leases().mark(Mark.Kind.DELETING, "orders", point.id().value());
    testing.time.after(Duration.ofSeconds(5), deletion::close);

    Mark reading = testing.vault.protect(point);

    assertThat(reading.kind()).isEqualTo(Mark.Kind.READING);
    reading.close();
    assertThat(testing.keys("locks/reading/")).isEmpty();
  }

  @Test
  void protectingFailsWhereTheDeletionGoesThrough() {
    RecoveryPoint point = testing.commit("orders", "2026-11-21T00:00:00Z").point();
    Mark deletion =
        testing.on("other").leases().mark(Mark.Kind.DELETING, "orders", point.id().value());
    testing.time.after(
        Duration.ofSeconds(5),
        () -> {
          testing.keys("recovery-points/").forEach(testing.memory::delete);
          deletion.close();
        });

    failure(ErrorCode.RECOVERY_POINT_NOT_FOUND, () -> testing.vault.protect(point).close());
  }

  @Test
  void holdsAreReplacedAndReleased() throws Exception {
    CatalogEntry entry = testing.commit("orders", "2026-11-21T00:00:00Z");
    Holds holds = testing.vault.holds();
    assertThat(holds.of("orders", entry.id())).isEmpty();

    holds.hold("orders", entry.id(), hold("audit 2026"));
    holds.hold("orders", entry.id(), hold("audit 2027"));
    assertThat(holds.of("orders", entry.id())).contains(hold("audit 2027"));

    holds.release("orders", entry.id(), hold("audit is over"));
    holds.release("orders", entry.id(), hold("audit is over"));
    assertThat(holds.of("orders", entry.id())).isEmpty();
    assertThat(testing.keys("holds/")).hasSize(3);
  }

  @Test
  void allHoldsAreThoseThatWereNotReleased() throws Exception {
    CatalogEntry held = testing.commit("orders", "2026-11-21T00:00:00Z");
    CatalogEntry released = testing.commit("events", "2026-11-21T01:00:00Z");
    testing.commit("users", "2026-11-21T02:00:00Z");
    Holds holds = testing.vault.holds();
    assertThat(holds.all()).isEmpty();

    holds.hold("orders", held.id(), hold("audit 2026"));
    holds.hold("events", released.id(), hold("audit 2026"));
    holds.release("events", released.id(), hold("audit is over"));

    assertThat(holds.all())
        .isEqualTo(Map.of(new RecoveryPointKey("orders", held.id().value()), hold("audit 2026")));
  }

  @Test
  void whatDoesNotExistCannotBeHeld() {
    failure(
        ErrorCode.RECOVERY_POINT_NOT_FOUND,
        () -> testing.vault.holds().hold("orders", new RecoveryPointId(ID), hold("why")));
  }

  @Test
  void aKilledRunGoesOnFromItsJournal() {
    RunJournal journal = testing.vault.runs().begin(run("{\"segments\":4}"));
    journal.finished("a.json.gz", json("{\"items\":10}"));
    journal.finished("b.json.gz", json("{\"items\":20}"));

    RunJournal resumed = testing.on("other").runs().unfinished("orders").get(0);

    assertThat(resumed.run()).isEqualTo(run("{\"segments\":4}"));
    assertThat(resumed.finished())
        .isEqualTo(
            Map.of("a.json.gz", json("{\"items\":10}"), "b.json.gz", json("{\"items\":20}")));
  }

  @Test
  void aRunThatEndsLeavesNothing() throws Exception {
    RunJournal journal = testing.vault.runs().begin(run("{}"));
    journal.finished("a", json("{}"));

    journal.finish();

    assertThat(testing.keys("runs/")).isEmpty();
    assertThat(testing.vault.runs().unfinished("orders")).isEmpty();
  }

  @Test
  void aRunThatHasCommittedIsNotResumed() {
    RecoveryPoint point = TestingPoints.point("orders", "2026-11-21T00:00:00Z");
    testing.vault.runs().begin(TestingPoints.run(point));
    testing.commit(point);

    assertThat(testing.vault.runs().unfinished("orders")).isEmpty();
    assertThat(testing.vault.runs().all()).hasSize(1);
  }

  @Test
  void aFinishedFileIsNotedOnce() {
    RunJournal journal = testing.vault.runs().begin(run("{}"));
    journal.finished("a", json("{\"items\":1}"));
    journal.finished("a", json("{\"items\":1}"));

    failure(ErrorCode.LEASE_LOST, () -> journal.finished("a", json("{\"items\":2}")));
    failure(ErrorCode.LEASE_LOST, () -> testing.vault.runs().begin(run("{}")));
  }

  private static RunRecord run(String plan) {
    return new RunRecord(
        RunRecord.Kind.BACKUP,
        "orders",
        new RecoveryPointId(ID),
        "2026-11-21/orders/AWSDynamoDB/" + ID,
        Instant.parse("2026-11-21T09:30:00Z"),
        "0.1.0",
        json(plan));
  }

  private static Hold hold(String reason) {
    return new Hold(reason, "ann@db1", Instant.parse("2026-11-21T09:30:00Z"));
  }

  private static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
