// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.cli.TestingVault;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.RecoveryPointId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteAndExpireTest {
  /** 2026-11-18T07:00:00Z. */
  private static final String OLDEST = "01794985200000-00000001";

  /** 2026-11-19T07:00:00Z. */
  private static final String MIDDLE = "01795071600000-00000002";

  /** 2026-11-20T07:00:00Z. */
  private static final String NEWEST = "01795158000000-00000003";

  @TempDir private Path folder;
  private TestingCli cli;
  private TestingVault vault;

  @BeforeEach
  void fillAVault() throws InterruptedException {
    cli = new TestingCli(folder).with("DYNAVAULT_VAULT", "vault");
    cli.run("vault", "create");
    vault = TestingVault.open(folder.resolve("vault"));
    vault.commit("orders", OLDEST);
    vault.commit("orders", MIDDLE);
    vault.commit("orders", NEWEST);
  }

  @AfterEach
  void closeVault() {
    vault.close();
  }

  @Test
  @Tag("G7")
  void printsWhatItWouldDeleteAndDeletesNothing() {
    Outcome outcome = cli.run("delete", OLDEST);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .isEqualTo(
            """
            TABLE   RECOVERY POINT               AGE  STORED  ACTION
            orders  01794985200000-00000001  3 d ago     6 B  delete

            Nothing was done. Add --confirm to do it.
            """);
    assertThat(cli.run("list").out()).contains(OLDEST);
  }

  @Test
  void aDryRunWinsOverAConfirmation() {
    cli.run("delete", OLDEST, "--confirm", "--dry-run");

    assertThat(cli.run("list").out()).contains(OLDEST);
  }

  @Test
  void deletesWhatIsConfirmed() {
    Outcome outcome = cli.run("delete", OLDEST, "0179507", "--confirm");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .isEqualTo(
            """
            deleted recovery point 01794985200000-00000001 of table orders: 6 B, 1 object
            deleted recovery point 01795071600000-00000002 of table orders: 6 B, 1 object
            """);
    assertThat(cli.run("list").out()).contains(NEWEST).doesNotContain(OLDEST, MIDDLE);
  }

  @Test
  void deletesAsJsonLines() throws IOException {
    Outcome outcome = cli.run("delete", "latest", "--table", "orders", "--confirm", "--json");

    String[] lines = outcome.out().split("\n");
    assertThat(lines).hasSize(2);
    JsonNode item = new ObjectMapper().readTree(lines[0]);
    assertThat(item.get("messageType").asText()).isEqualTo("item");
    assertThat(item.get("recoveryPointId").asText()).isEqualTo(NEWEST);
    JsonNode summary = new ObjectMapper().readTree(lines[1]);
    assertThat(summary.get("messageType").asText()).isEqualTo("summary");
    assertThat(summary.get("storedBytes").asLong()).isEqualTo(6);
    assertThat(summary.get("succeeded").asInt()).isEqualTo(1);
  }

  @Test
  void needsToBeToldWhat() {
    Outcome outcome = cli.run("delete", "--confirm");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo("error: missing argument RECOVERY-POINT\nTry: dynavault delete --help\n");
  }

  @Test
  void refusesWhatTheLockProtectsAndSaysUntilWhen() {
    cli.run("vault", "lock", "--min-retention-days", "7", "--confirm");

    Outcome outcome = cli.run("delete", OLDEST, "--confirm");

    assertThat(outcome.exitCode()).isEqualTo(12);
    assertThat(outcome.err())
        .startsWith(
            "error: unable to delete recovery point '01794985200000-00000001' of table 'orders':"
                + " it is locked until 20")
        .contains("\nHINT: the vault's lock or a hold protects it until the time named\n");
    assertThat(cli.run("list").out()).contains(OLDEST);
  }

  @Test
  void oneThatIsHeldDoesNotStopTheOthers() throws InterruptedException {
    vault
        .vault()
        .holds()
        .hold("orders", new RecoveryPointId(MIDDLE), new Hold("audit", "me", Instant.EPOCH));

    Outcome plan = cli.run("delete", MIDDLE);
    Outcome outcome = cli.run("delete", MIDDLE, OLDEST, "--confirm");

    assertThat(plan.out()).contains("refuse: it is held by me: audit");
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out()).contains("deleted recovery point " + OLDEST);
    assertThat(outcome.err()).contains("it is held by me: audit");
    assertThat(cli.run("describe", MIDDLE).out()).contains("Held            me: audit\n");
  }

  @Test
  void expirePlansAndSaysWhyEachIsKept() {
    Outcome outcome = cli.run("expire", "--keep-last", "1", "--keep-daily", "2");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .isEqualTo(
            """
            TABLE   RECOVERY POINT                AGE  STORED  ACTION  WHY
            orders  01795158000000-00000003  27 h ago     6 B  keep    last 1, daily 2026-11-20, last good of table
            orders  01795071600000-00000002   2 d ago     6 B  keep    daily 2026-11-19
            orders  01794985200000-00000001   3 d ago     6 B  remove  no rule keeps it

            1 of 3 recovery points would be removed, 6 B.

            Nothing was done. Add --confirm to do it.
            """);
    assertThat(cli.run("list").out()).contains(OLDEST);
  }

  @Test
  @Tag("G7")
  void expireRemovesWhenConfirmed() {
    Outcome outcome = cli.run("expire", "--keep-last", "1", "--confirm");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).endsWith("removed 2 recovery points, 12 B\n");
    assertThat(cli.run("list").out()).contains(NEWEST).doesNotContain(MIDDLE, OLDEST);
  }

  @Test
  void expireForATableSpeaksOfNoOther() throws InterruptedException {
    vault.commit(
        "users",
        "01794000000000-00000009",
        Map.of(),
        Optional.of(Instant.parse("2026-11-20T00:00:00Z")));
    vault.commit("users", "01794000000000-00000010");

    Outcome outcome = cli.run("expire", "--table", "ord*", "--keep-last", "1", "--confirm");

    assertThat(outcome.out()).doesNotContain("users").endsWith("removed 2 recovery points, 12 B\n");
    assertThat(cli.run("list").out())
        .contains("01794000000000-00000009", "01794000000000-00000010");
  }

  @Test
  void expireWithoutRulesLooksAtLifecyclesOnly() throws InterruptedException {
    vault.commit(
        "orders",
        "01794000000000-00000009",
        Map.of(),
        Optional.of(Instant.parse("2026-11-20T00:00:00Z")));

    JsonNode json = cli.run("expire", "--confirm", "--json").json();

    assertThat(json.get("done").asBoolean()).isTrue();
    assertThat(json.get("removedCount").asInt()).isEqualTo(1);
    assertThat(json.get("recoveryPoints"))
        .filteredOn(node -> node.get("action").asText().equals("REMOVE"))
        .extracting(node -> node.get("recoveryPointId").asText())
        .containsExactly("01794000000000-00000009");
  }

  @Test
  void expireNeverRemovesTheLastGoodOneUnlessToldTo() {
    assertThat(cli.run("expire", "--tag", "x=y", "--keep-last", "1", "--confirm").out())
        .contains("0 recovery points");

    cli.run("delete", OLDEST, MIDDLE, "--confirm");
    assertThat(cli.run("expire", "--keep-within", "0s").exitCode()).isEqualTo(2);
    assertThat(cli.run("list").out()).contains(NEWEST);
  }

  @Test
  void aRuleThatKeepsNothingIsRefused() {
    Outcome outcome = cli.run("expire", "--table", "orders", "--confirm");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to use the retention rule: it keeps nothing
            HINT: say what to keep, such as --keep-last 3 or --keep-daily 7
            """);
  }

  @Test
  void refusesASpanThatIsNone() {
    Outcome outcome = cli.run("expire", "--keep-within", "soon");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: invalid value for option '--keep-within': 'soon' is not a span of time such as 30d, 12h, 90min or 2w
            Try: dynavault expire --help
            """);
  }
}
