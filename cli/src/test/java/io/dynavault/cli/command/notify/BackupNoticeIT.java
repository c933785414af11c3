// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.LocalTables;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of backups and restores of tables, and whether restores can be proven. */
class BackupNoticeIT {
  @TempDir private Path folder;
  private LocalTables tables;
  private TestingWebhook webhook;
  private TestingCli cli;
  private AirportsTable airports;

  @BeforeEach
  void createVault() throws IOException {
    webhook = new TestingWebhook();
    tables = new LocalTables(folder);
    cli =
        tables
            .cli()
            .with("DYNAVAULT_NOTIFY_WEBHOOK_URL", webhook.url())
            .with("DYNAVAULT_METRICS_EMF_FILE", "metrics");
    airports = tables.airports("told");
  }

  @AfterEach
  void stop() {
    tables.close();
    webhook.close();
  }

  @Test
  void aTableThatFailsIsToldFirstAndItsAgeIsInTheMetrics() throws IOException {
    Outcome outcome =
        cli.run("backup", "--table", airports.name(), "--table", "no-such-table", "--json");

    assertThat(outcome.exitCode()).isEqualTo(3);
    JsonNode told = webhook.received().get(0);
    assertThat(told.path("outcome").asText()).isEqualTo("PARTIAL");
    assertThat(told.at("/tables/0/tableName").asText()).isEqualTo("no-such-table");
    assertThat(told.at("/tables/0/error").asText()).isEqualTo("TABLE_NOT_FOUND");
    assertThat(told.at("/tables/1/itemCount").asInt()).isEqualTo(airports.size());
    JsonNode summary =
        new ObjectMapper().readTree(outcome.out().lines().reduce((a, b) -> b).orElseThrow());
    assertThat(summary.at("/notifications/0/delivered").asBoolean()).isTrue();
    List<String> metrics = Files.readAllLines(folder.resolve("metrics"));
    assertThat(metrics).hasSize(2);
    assertThat(metrics)
        .anyMatch(line -> line.contains("\"ItemCount\":" + airports.size()))
        .anyMatch(line -> line.contains("\"TablesWithoutRecoveryPoint\":1"));
    assertThat(outcome.out() + outcome.err() + metrics).doesNotContain(TestingWebhook.SECRET);
  }

  @Test
  void theOnlyTableThatFailsIsToldAsThatTable() {
    Outcome outcome = cli.run("backup", "--table", "no-such-table");

    assertThat(outcome.exitCode()).isEqualTo(10);
    JsonNode told = webhook.received().get(0);
    assertThat(told.path("outcome").asText()).isEqualTo("FAILURE");
    assertThat(told.at("/tables/0/tableName").asText()).isEqualTo("no-such-table");
  }

  @Test
  @Tag("G12")
  void aRestoreIsProvenByCountsSampleAndAllAndTheReportSaysSo() throws IOException {
    cli.run("backup", "--table", airports.name());
    LiveTable copy = tables.table(LocalTables.newName("proof"));
    String[] restore = {"restore", airports.name(), "--target-table", copy.name()};

    Outcome all = cli.run(with(restore, "--validate", "--validate-report", "proof.json"));
    assertThat(all.err()).isEmpty();
    assertThat(all.out()).contains("validated " + copy.name() + ": 1,184 items the same");
    assertThat(webhook.received()).as("success is not told").isEmpty();
    JsonNode report = new ObjectMapper().readTree(folder.resolve("proof.json").toFile());
    assertThat(report.path("verdict").asText()).isEqualTo("PASSED");
    JsonNode proof = report.at("/tables/0");
    assertThat(proof.path("expectedDigest").asText())
        .hasSize(32)
        .isEqualTo(proof.path("actualDigest").asText());

    copy.put("{\"id\":{\"N\":\"99999\"}}");
    String[] again = with(restore, "--on-conflict", "skip");
    assertThat(cli.run(with(again, "--validate=counts")).out())
        .contains("validated " + copy.name() + ": 1,185 items, 1,184 expected");
    assertThat(cli.run(with(again, "--validate=sample:50:7")).out())
        .contains("by a sample of 50 items (seed 7): 50 items the same, 0 missing");
  }

  private static String[] with(String[] args, String... more) {
    return Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
