// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.LocalTables;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.LiveTable;
import io.dynavault.testing.table.LiveTableAssert;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreCommandIT {
  @TempDir private static Path folder;
  private static LocalTables tables;
  private static TestingCli cli;
  private static AirportsTable airports;

  @BeforeAll
  static void backUp() {
    tables = new LocalTables(folder);
    cli = tables.cli();
    airports = tables.airports("prod-airports");
    assertThat(cli.run("backup", "--table", airports.name()).exitCode()).isZero();
  }

  @AfterAll
  static void dropTables() {
    tables.close();
  }

  @Test
  void restoresToANewTableItemByItem() {
    LiveTable copy = tables.table(LocalTables.newName("copy"));

    Outcome outcome = cli.run("restore", "--table", airports.name(), "--target-table", copy.name());

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains(copy.name(), "1,184");
    LiveTableAssert.assertThat(copy).hasSameItemsAs(original());
  }

  /** G12: the table is made, compared and deleted again; the one that was backed up stays. */
  @Test
  void aTestRestoresComparesAndDeletes() {
    Outcome outcome = cli.run("restore", airports.name(), "--test", "--json", "--no-progress");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    JsonNode done = lines(outcome).get(0);
    String name = done.get("tableName").asText();
    assertThat(name).isEqualTo("dynavault-restore-test-" + airports.name());
    assertThat(done.get("writtenItems").asInt()).isEqualTo(LocalTables.AIRPORTS);
    assertThat(done.at("/validation/verdict").asText()).isEqualTo("PASSED");
    assertThat(done.get("durationSeconds").asDouble()).isPositive();
    assertThat(TestingServers.dynamoDbClient().listTables().tableNames()).doesNotContain(name);
    LiveTableAssert.assertThat(original()).hasSize(LocalTables.AIRPORTS);
  }

  @Test
  void aTestNeverWritesToATableThatExists() {
    LiveTable there = tables.table(LocalTables.newName("there"));
    cli.run("restore", "--target-table", there.name());

    Outcome exists = cli.run("restore", "--test", "--target-table", there.name());
    Outcome over =
        cli.run("restore", "--test", "--target-table", there.name(), "--on-conflict", "overwrite");

    assertThat(exists.exitCode()).isEqualTo(13);
    assertThat(over.exitCode()).isEqualTo(2);
    LiveTableAssert.assertThat(there).hasSize(LocalTables.AIRPORTS);
  }

  @Test
  void refusesATableThatExists() {
    Outcome outcome = cli.run("restore");

    assertThat(outcome.exitCode()).isEqualTo(13);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to restore to table '%s': it exists
            HINT: restore under another name with --target-table or --rename, or say with --on-conflict what to do with its items
            """
                .formatted(airports.name()));
  }

  @Test
  void refusesATableThatIsNotEmpty() {
    Outcome outcome = cli.run("restore", "--on-conflict", "empty");

    assertThat(outcome.exitCode()).isEqualTo(13);
    assertThat(outcome.err())
        .startsWith("error: unable to restore to table '" + airports.name() + "': it has items\n");
  }

  @Test
  void planOfADestructiveRestoreNeedsConfirmation() {
    LiveTable damaged = tables.table(LocalTables.newName("damaged"));
    cli.run("restore", "--target-table", damaged.name());
    damaged.delete("{\"id\":{\"N\":\"1\"}}");
    damaged.put("{\"id\":{\"N\":\"99999\"}}");

    String[] command = {"restore", "--target-table", damaged.name(), "--on-conflict", "identical"};
    Outcome plan = cli.run(command);
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out())
        .contains("existing, make identical")
        .endsWith("Nothing was done. Items can be replaced or deleted: add --confirm to do it.\n");
    LiveTableAssert.assertThat(damaged).hasSize(LocalTables.AIRPORTS);

    JsonNode done = lines(cli.run(with(command, "--confirm", "--json"))).get(0);
    assertThat(done.get("writtenItems").asInt()).isEqualTo(1);
    assertThat(done.get("deletedItems").asInt()).isEqualTo(1);
    assertThat(done.get("unchangedItems").asInt()).isEqualTo(LocalTables.AIRPORTS - 1);
    LiveTableAssert.assertThat(damaged).hasSameItemsAs(original());
  }

  @Test
  void restoresChosenItemsMaskedAndRenamed() {
    String name = airports.name().replaceFirst("prod-", "dev-");
    LiveTable dev = tables.table(name);

    Outcome outcome =
        cli.with("DYNAVAULT_MASKING_SALT", "0123456789abcdef")
            .run(
                "restore",
                "--table",
                "prod-*",
                "--rename",
                "prod-*=dev-*",
                "--filter-expression",
                "country = :c",
                "--expression-attribute-values",
                "{\":c\":{\"S\":\"Iceland\"}}",
                "--mask",
                "drop:tz",
                "--mask",
                "replace:city=somewhere",
                "--mask",
                "hash:name");

    assertThat(outcome.exitCode()).isZero();
    assertThat(dev.contents()).isNotEmpty();
    assertThat(dev.contents().values())
        .allMatch(item -> item.contains("\"country\":{\"S\":\"Iceland\"}"))
        .allMatch(item -> item.contains("\"city\":{\"S\":\"somewhere\"}"))
        .noneMatch(item -> item.contains("\"tz\""))
        .noneMatch(item -> item.contains(" Airport"));
  }

  @Test
  void aDryRunPrintsThePlanAsJson() {
    JsonNode json =
        cli.run("restore", "--target-table", "some-new-table", "--dry-run", "--json").json();

    JsonNode plan = json.get("plans").get(0);
    assertThat(plan.get("tableName").asText()).isEqualTo("some-new-table");
    assertThat(plan.get("newTable").asBoolean()).isTrue();
    assertThat(plan.get("itemCount").asInt()).isEqualTo(LocalTables.AIRPORTS);
    assertThat(plan.get("destructive").asBoolean()).isFalse();
    assertThat(json.get("mustConfirm").asBoolean()).isFalse();
    assertThat(plan.get("estimatedWriteUnits").asLong())
        .isGreaterThanOrEqualTo(LocalTables.AIRPORTS);
  }

  @Test
  void aDryRunSaysThatAChoiceIsNotInItsFigures() {
    String plan =
        cli.run("restore", "--target-table", "some-new-table", "--key", "id=1", "--dry-run").out();

    assertThat(plan)
        .contains("note: items are chosen while they are read: the figures are those of all items");
  }

  @Test
  void restoresAnExportByItsLocation() {
    LiveTable copy = tables.table(LocalTables.newName("export"));
    String export = cli.run("describe", "--json").json().get("exportPrefix").asText();

    Outcome outcome =
        cli.run(
            "restore", "vault/" + export, "--target-table", copy.name(), "--key-schema", "id:N");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    LiveTableAssert.assertThat(copy).hasSameItemsAs(original());
  }

  @Test
  void asksForTheKeyOfAnExport() {
    String export = cli.run("describe", "--json").json().get("exportPrefix").asText();

    Outcome outcome = cli.run("restore", "vault/" + export, "--target-table", "some-new-table");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith(
            "error: unable to create table 'some-new-table': the export does not say what its key"
                + " is\nHINT: give it with --key-schema");
  }

  @Test
  void aMissingExportIsNotFound() {
    Outcome outcome = cli.run("restore", "./nowhere", "--target-table", "some-new-table");

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to find an export at 'nowhere': there is no manifest-summary.json
            HINT: give the location of the folder that holds manifest-summary.json
            """);
  }

  @Test
  void refusesAKeyThatDoesNotFit() {
    String other = LocalTables.newName("other-key");
    tables.table(other);
    LiveTable.create(TestingServers.dynamoDb().endpoint(), new OrdersTable(other));

    Outcome outcome = cli.run("restore", "--target-table", other, "--on-conflict", "overwrite");

    assertThat(outcome.exitCode()).isEqualTo(13);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to restore to table '%s': its key is order_id (S), item_id (S), that of the recovery point is id (N)
            HINT: restore into a table with the same key schema
            """
                .formatted(other));
  }

  @Test
  void refusesTwoTablesUnderOneName() {
    Outcome outcome =
        cli.run("restore", "--table", "prod-*", "--table", "x-table", "--target-table", "one-name");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to restore several tables to 'one-name'
            HINT: give them names with --rename, such as --rename 'prod-*=dev-*'
            """);
  }

  @Test
  void refusesAFilterThatIsNone() {
    Outcome outcome =
        cli.run(
            "restore", "--target-table", "some-new-table", "--filter-expression", "country = = x");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("error: unable to read the filter expression: ");
  }

  private static LiveTable original() {
    return LiveTable.of(TestingServers.dynamoDb().endpoint(), airports.name());
  }

  private static String[] with(String[] command, String... more) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static List<JsonNode> lines(Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : outcome.out().lines().toList()) {
      try {
        lines.add(new ObjectMapper().readTree(line));
      } catch (IOException e) {
        throw new AssertionError(line, e);
      }
    }
    return lines;
  }
}
