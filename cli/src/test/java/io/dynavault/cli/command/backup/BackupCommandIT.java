// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.LocalTables;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandIT {
  @TempDir private Path folder;
  private final List<LiveTable> tables = new ArrayList<>();
  private TestingCli cli;

  @BeforeEach
  void createVault() {
    URI endpoint = TestingServers.dynamoDb().endpoint();
    System.setProperty("aws.accessKeyId", TestingServers.dynamoDb().credentials().accessKeyId());
    System.setProperty(
        "aws.secretAccessKey", TestingServers.dynamoDb().credentials().secretAccessKey());
    cli =
        new TestingCli(folder)
            .with("DYNAVAULT_VAULT", "vault")
            .with("DYNAVAULT_AWS_REGION", "us-east-1")
            .with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", endpoint.toString());
    cli.run("vault", "create");
  }

  @AfterEach
  void dropTables() {
    tables.forEach(LiveTable::drop);
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void backsUpATable() throws IOException {
    AirportsTable airports = airports("airports");

    Outcome outcome = cli.run("backup", "--table", airports.name(), "--no-progress");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .matches("TABLE +RECOVERY POINT +ITEMS +SIZE +STORED +READ UNITS +TOOK");
    JsonNode point = cli.run("list", "--json").json().get("recoveryPoints").get(0);
    assertThat(point.get("tableName").asText()).isEqualTo(airports.name());
    assertThat(point.get("itemCount").asInt()).isEqualTo(airports.size());
    assertThat(dataFiles()).isNotEmpty();
  }

  @Test
  void printsOnlyThePlanInADryRun() throws IOException {
    AirportsTable airports = airports("planned");

    Outcome outcome = cli.run("backup", "--table", airports.name(), "--dry-run");
    JsonNode json = cli.run("backup", "--table", airports.name(), "--dry-run", "--json").json();

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains(airports.name())
        .endsWith("Nothing was done. Run it without --dry-run to back up.\n");
    assertThat(json.get("plans").get(0).get("estimatedItems").asInt()).isEqualTo(airports.size());
    assertThat(dataFiles()).isEmpty();
    assertThat(cli.run("list").out()).isEqualTo("no recovery points\n");
  }

  @Test
  void printsJsonLinesForPrograms() throws IOException {
    AirportsTable airports = airports("lines");

    Outcome outcome =
        cli.run("backup", "--table", airports.name(), "--json", "--compression", "none");

    List<JsonNode> lines = new ArrayList<>();
    for (String line : outcome.out().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines)
        .extracting(line -> line.get("messageType").asText())
        .containsExactly("item", "summary");
    assertThat(lines.get(0).get("itemCount").asInt()).isEqualTo(airports.size());
    assertThat(lines.get(1).get("succeeded").asInt()).isEqualTo(1);
    assertThat(lines.get(1).get("failed").asInt()).isZero();
  }

  @Test
  @Tag("G15")
  void oneTableThatFailsDoesNotStopTheOthers() {
    AirportsTable airports = airports("good");

    Outcome outcome =
        cli.run("backup", "--table", airports.name(), "--table", "missing-table", "--no-progress");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out()).contains(airports.name());
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to describe table 'missing-table': there is no such table
            HINT: check the table's name, --region and --endpoint-url
            """);
  }

  @Test
  void aTableThatIsMissingIsNotFound() {
    Outcome outcome = cli.run("backup", "--table", "missing-table");

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to describe table 'missing-table': there is no such table
            HINT: check the table's name, --region and --endpoint-url
            """);
  }

  @Test
  void asksWhichTables() {
    Outcome outcome = cli.run("backup");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to choose tables: neither a name nor a tag is given
            HINT: name tables, or give '*' for all of them
            """);
  }

  @Test
  void hasNothingToResumeWhereNothingWasInterrupted() {
    AirportsTable airports = airports("whole");

    Outcome outcome = cli.run("backup", "--table", airports.name(), "--resume");

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to resume a backup of table '%s': none was interrupted
            HINT: run the backup without --resume
            """
                .formatted(airports.name()));
  }

  private AirportsTable airports(String name) {
    AirportsTable airports =
        new AirportsTable(TestingServers.newTableName(name), LocalTables.AIRPORTS);
    tables.add(LiveTable.createFilled(TestingServers.dynamoDb().endpoint(), airports));
    return airports;
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("vault"))) {
      return files.filter(file -> file.toString().contains("/data/")).toList();
    }
  }
}
