// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.LocalTables;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.LiveTable;
import io.dynavault.testing.table.LiveTableAssert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandIT {
  @TempDir private static Path folder;
  private static LocalTables tables;
  private static TestingCli cli;
  private static AirportsTable airports;

  @BeforeAll
  static void backUp() {
    tables = new LocalTables(folder);
    cli = tables.cli();
    airports = tables.airports("airports");
    assertThat(cli.run("backup", "--table", airports.name()).exitCode()).isZero();
  }

  @AfterAll
  static void dropTables() {
    tables.close();
  }

  @Test
  void importsCsv() throws IOException {
    LiveTable table = emptyTable("csv");
    Files.writeString(folder.resolve("a.csv"), "id,name\n1,Goroka\n2,Madang\n");

    Outcome outcome = cli.run("import", "a.csv", "--table", table.name());

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .startsWith("imported 2 items into table " + table.name() + ", 0 skipped, 0 failed; ");
    assertThat(table.contents().values())
        .contains("{\"id\":{\"N\":\"1\"},\"name\":{\"S\":\"Goroka\"}}");
  }

  @Test
  void importsWhatCatPrints() throws IOException {
    LiveTable table = emptyTable("cat");
    Files.writeString(folder.resolve("items.txt"), cli.run("cat").out());

    Outcome outcome =
        cli.run("import", "items.txt", "--format", "dynamodb-json", "--table", table.name());

    assertThat(outcome.exitCode()).isZero();
    LiveTableAssert.assertThat(table).hasSize(airports.size());
    assertThat(cli.run("compare", "--with", table.name()).exitCode()).isZero();
  }

  @Test
  void writesNothingWhenOneItemCannotBeWritten() throws IOException {
    LiveTable table = emptyTable("bad");
    Files.writeString(folder.resolve("bad.csv"), "id,name\n1,ok\nx,bad\n");

    Outcome outcome = cli.run("import", "bad.csv", "--table", table.name());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("invalid: ").contains("bad.csv", "error: ", "HINT: ");
    assertThat(table.contents()).isEmpty();
  }

  @Test
  void replacesOnlyWhenConfirmed() throws IOException {
    LiveTable table = emptyTable("replace");
    table.put("{\"id\":{\"N\":\"1\"},\"name\":{\"S\":\"old\"}}");
    Files.writeString(folder.resolve("one.json"), "[{\"id\":1,\"name\":\"new\"}]");
    String[] command = {"import", "one.json", "--table", table.name(), "--on-conflict"};

    Outcome failed = cli.run(with(command, "fail"));
    Outcome skipped = cli.run(with(command, "skip"));
    Outcome plan = cli.run(with(command, "overwrite"));

    assertThat(failed.exitCode()).isEqualTo(3);
    assertThat(failed.err()).startsWith("failed: {\"id\":{\"N\":\"1\"}}: ");
    assertThat(skipped.exitCode()).isZero();
    assertThat(skipped.out()).contains("imported 0 items", "1 skipped");
    assertThat(plan.out())
        .contains("On conflict  overwrite\n")
        .endsWith("Nothing was done. Items can be replaced: add --confirm to do it.\n");
    assertThat(table.contents().values()).allMatch(item -> item.contains("old"));

    JsonNode done = cli.run(with(command, "overwrite", "--confirm", "--json")).json();
    assertThat(done.get("messageType").asText()).isEqualTo("summary");
    assertThat(done.get("writtenItems").asInt()).isEqualTo(1);
    assertThat(table.contents().values()).allMatch(item -> item.contains("new"));
  }

  @Test
  void printsThePlanInADryRun() throws IOException {
    LiveTable table = emptyTable("dry");
    Files.writeString(folder.resolve("dry.csv"), "id;name\n1;x\n");

    JsonNode json =
        cli.run(
                "import",
                "dry.csv",
                "--delimiter",
                ";",
                "--table",
                table.name(),
                "--dry-run",
                "--json")
            .json();

    assertThat(json.get("itemCount").asInt()).isEqualTo(1);
    assertThat(json.get("onConflict").asText()).isEqualTo("FAIL");
    assertThat(table.contents()).isEmpty();
  }

  @Test
  void asksForAFormatThatTheNamesDoNotTell() throws IOException {
    Files.writeString(folder.resolve("data.bin"), "x");

    Outcome outcome = cli.run("import", "data.bin", "--table", airports.name());

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to tell the format of data.bin
            HINT: give it with --format csv, json, dynamodb-json or ion
            """);
  }

  @Test
  void namesAMissingFileAndAMissingTable() {
    assertThat(cli.run("import", "none.csv", "--table", airports.name()).err())
        .contains("none.csv': there is no such file\nHINT: check the path\n");
    Outcome outcome = cli.run("import", "none.csv", "--table", "missing-table");
    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err()).startsWith("error: unable to describe table 'missing-table'");
  }

  @Test
  void refusesADelimiter() {
    Outcome outcome =
        cli.run("import", "none.csv", "--table", airports.name(), "--delimiter", "xx");

    assertThat(outcome.exitCode()).isNotZero();
  }

  private static LiveTable emptyTable(String name) {
    LiveTable table = tables.table(LocalTables.newName(name));
    cli.run("restore", "--target-table", table.name(), "--key", "id=-1");
    return table;
  }

  private static String[] with(String[] command, String... more) {
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return all;
  }
}
