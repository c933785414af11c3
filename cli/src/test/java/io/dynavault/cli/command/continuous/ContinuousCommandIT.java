// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.LocalTables;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.DynamoDbJsonClient;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ContinuousCommandIT {
  private static final DynamoDbJsonClient DYNAMODB =
      new DynamoDbJsonClient(TestingServers.dynamoDb().endpoint());

  @TempDir private Path folder;
  private LocalTables tables;
  private TestingCli cli;
  private AirportsTable airports;

  @BeforeEach
  void createVault() {
    tables = new LocalTables(folder);
    cli = tables.cli().inRealTime();
    airports = tables.airports("continuous");
  }

  @AfterEach
  void drop() {
    tables.close();
  }

  private Outcome once() {
    return cli.run("continuous", "start", airports.name(), "--once", "--json");
  }

  private JsonNode status() {
    Outcome status = cli.run("continuous", "status", "--json");
    return status.json().path("tables").get(0);
  }

  private void put(String note) {
    String item = airports.items().findFirst().orElseThrow();
    DYNAMODB.call(
        "PutItem",
        "{\"TableName\":\"%s\",\"Item\":{\"note\":{\"S\":\"%s\"},%s}"
            .formatted(airports.name(), note, item.substring(1)));
  }

  private void stream(String specification) {
    DYNAMODB.call(
        "UpdateTable",
        "{\"TableName\":\"%s\",\"StreamSpecification\":%s}"
            .formatted(airports.name(), specification));
  }

  @Test
  void catchesUpAgainAndAgain() {
    Outcome first = once();
    put("changed once");
    Outcome second = once();

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.out()).contains("\"messageType\":\"summary\"", "\"changes\":1");
    JsonNode status = status();
    assertThat(status.path("tableName").asText()).isEqualTo(airports.name());
    assertThat(status.path("state").asText()).isEqualTo("STOPPED");
    assertThat(status.path("chains")).hasSize(1);
    assertThat(status.path("problems")).isEmpty();
    assertThat(status.path("lagSeconds").asLong()).isLessThan(120);
    assertThat(status.path("latest").asText()).isGreaterThan(status.path("earliest").asText());
  }

  /** The same second of the table, by the changes and out of the new backup. */
  @Test
  void aCompactedBackupIsTheTable() {
    assertThat(once().exitCode()).isZero();
    put("changed since the base");
    assertThat(once().exitCode()).isZero();

    Outcome compacted = cli.run("continuous", "compact", airports.name(), "--json");

    assertThat(compacted.exitCode()).as(compacted.err()).isZero();
    assertThat(compacted.out()).contains("\"base\":true", "\"itemCount\":" + airports.size());
    assertThat(cli.run("compare", "--table", airports.name()).exitCode()).isZero();
    Outcome verified = cli.run("verify");
    assertThat(verified.exitCode()).as(verified.out()).isZero();
  }

  @Test
  void aBackupOfOneMomentNeedsNoPointInTimeRecovery() {
    Outcome backup =
        cli.run("backup", "--table", airports.name(), "--consistent-to-a-moment", "--json");

    assertThat(backup.exitCode()).as(backup.err()).isZero();
    assertThat(cli.run("describe", "--table", airports.name()).out()).contains("point in time");
    assertThat(cli.run("compare", "--table", airports.name()).exitCode()).isZero();
  }

  @Test
  void onlyScansOfWholeTablesAreMadeConsistent() {
    Outcome refused =
        cli.run(
            "backup",
            "--table",
            airports.name(),
            "--consistent-to-a-moment",
            "--projection-expression",
            "iata");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--consistent-to-a-moment is for scans of whole tables");
  }

  @Test
  void runsUntilItIsStoppedFromElsewhere() throws Exception {
    FutureTask<Outcome> capture =
        new FutureTask<>(() -> cli.run("continuous", "start", airports.name(), "-v"));
    new Thread(capture, "start").start();
    awaitWindow();
    put("while it runs");

    assertThat(status().path("state").asText()).isEqualTo("RUNNING");
    assertThat(status().path("capturedBy").asText()).contains("continuous start");
    Outcome stopped = cli.run("continuous", "stop", airports.name());
    Outcome ended = capture.get(60, TimeUnit.SECONDS);

    assertThat(stopped.out()).isEqualTo("table '%s': stopped\n".formatted(airports.name()));
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains("switched on a stream", "capturing since", "can be restored to any second");
    assertThat(ended.out().lines().toList().get(1)).contains(airports.name() + "  ");
    assertThat(status().path("state").asText()).isEqualTo("STOPPED");
    assertThat(cli.run("continuous", "stop", airports.name()).out())
        .contains("was not being captured");
  }

  private void awaitWindow() throws InterruptedException {
    for (int attempt = 0; attempt < 600; attempt++) {
      Outcome status = cli.run("continuous", "status", "--json");
      if (status.json().path("tables").path(0).has("earliest")) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("no window");
  }

  @Test
  @Tag("G8")
  void aGapIsInTheExitCodeOfBothCommands() {
    once();
    put("before");
    stream("{\"StreamEnabled\":false}");
    put("unseen");

    Outcome gap = cli.run("continuous", "start", airports.name(), "--once");

    assertThat(gap.exitCode()).as(gap.err()).isEqualTo(3);
    assertThat(gap.err()).contains("has a gap: the table's stream was switched off");
    Outcome status = cli.run("continuous", "status");
    assertThat(status.exitCode()).isEqualTo(4);
    assertThat(status.out())
        .contains("STREAM_DISABLED", "PROBLEM: table '" + airports.name() + "': gap after");
    assertThat(status().path("chains")).hasSize(2);
  }

  @Test
  void aStreamOfAnotherViewIsRefused() {
    stream("{\"StreamEnabled\":true,\"StreamViewType\":\"KEYS_ONLY\"}");

    Outcome refused = cli.run("continuous", "start", airports.name());

    assertThat(refused.exitCode()).isEqualTo(13);
    assertThat(refused.err()).contains("KEYS_ONLY", "HINT: ", "StreamEnabled=false");
  }

  @Test
  void whatIsNotCapturedCannotBeStoppedOrShown() {
    assertThat(cli.run("continuous", "status").out())
        .isEqualTo("no table has a continuous backup in this vault\n");
    assertThat(cli.run("continuous", "status", "orders").exitCode()).isEqualTo(10);
    assertThat(cli.run("continuous", "stop", "orders").exitCode()).isEqualTo(10);
    assertThat(cli.run("continuous", "stop").exitCode()).isEqualTo(2);
    assertThat(cli.run("continuous", "start", "no-such-table").exitCode()).isEqualTo(10);
    assertThat(cli.run("continuous", "start", "orders", "--flush-interval", "2h").err())
        .contains("at most 30 minutes");
  }
}
