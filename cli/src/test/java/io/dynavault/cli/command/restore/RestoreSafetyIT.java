// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.LocalTables;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.fault.AwsFaults;
import io.dynavault.testing.fault.FaultPlan;
import io.dynavault.testing.fault.HttpFaultProxy;
import io.dynavault.testing.fault.ProxiedRequest;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.LiveTable;
import io.dynavault.testing.table.LiveTableAssert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore does before it writes, and after something went wrong. */
class RestoreSafetyIT {
  private static final int SIZE = LocalTables.AIRPORTS;

  /** Options that make a restore end incomplete: items become larger than a table takes. */
  private static final String[] REFUSED_ITEMS = {
    "--key", "id=1", "--mask", "replace:city=" + "x".repeat(500_000)
  };

  @TempDir private static Path folder;
  private static LocalTables tables;
  private static TestingCli cli;
  private static AirportsTable first;
  private static AirportsTable second;

  @BeforeAll
  static void backUp() {
    tables = new LocalTables(folder);
    cli = tables.cli();
    first = tables.airports("safe-one");
    second = tables.airports("safe-two");
    assertThat(cli.run("backup", "--table", first.name(), "--table", second.name()).exitCode())
        .isZero();
  }

  @AfterAll
  static void dropTables() {
    tables.close();
  }

  @Test
  void createsNoTableWhileAnotherCannotBeRestored() {
    String copy = LocalTables.newName("never-created");

    Outcome outcome =
        cli.run(
            "restore",
            first.name(),
            second.name(),
            "--rename",
            first.name() + "=" + copy,
            "--rename",
            second.name() + "=" + second.name());

    assertThat(outcome.exitCode()).isEqualTo(13);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to restore to table '%s': it exists
            HINT: restore under another name with --target-table or --rename, or say with --on-conflict what to do with its items
            error: nothing was done: 1 of 2 tables failed the checks
            HINT: correct what is listed above, or leave those out
            """
                .formatted(second.name()));
    assertThat(cli.run("compare", first.name(), "--with", copy).exitCode()).isEqualTo(10);
  }

  @Test
  @Tag("G11")
  void writesNoTableWhileAnotherHasItems() {
    LiveTable empty = tables.table(LocalTables.newName("empty"));
    cli.run("restore", first.name(), "--target-table", empty.name(), "--key", "id=-1");

    Outcome outcome =
        cli.run(
            "restore",
            first.name(),
            second.name(),
            "--rename",
            first.name() + "=" + empty.name(),
            "--rename",
            second.name() + "=" + second.name(),
            "--on-conflict",
            "empty");

    assertThat(outcome.exitCode()).isEqualTo(13);
    assertThat(outcome.err())
        .startsWith("error: unable to restore to table '" + second.name() + "': it has items\n");
    LiveTableAssert.assertThat(empty).hasSize(0);
  }

  @Test
  void deletesNothingWhereTheRecoveryPointIsDamaged() throws IOException {
    AirportsTable other = tables.airports("safe-damaged");
    cli.run("backup", "--table", other.name());
    damage(other.name());

    for (String policy : new String[] {"identical", "clear"}) {
      Outcome outcome =
          cli.run("restore", other.name(), "--on-conflict", policy, "--confirm", "--json");

      assertThat(outcome.exitCode()).isEqualTo(4);
      assertThat(outcome.errorJson().get("error").asText()).isEqualTo("DAMAGED");
      LiveTableAssert.assertThat(tables.table(other.name())).hasSize(SIZE);
    }
  }

  @Test
  @Tag("G11")
  void goesOnInTheTableOfARestoreThatDidNotEndWithTheSameChoiceOfItemsOnly() {
    LiveTable half = tables.table(LocalTables.newName("half"));
    String[] again = {"restore", first.name(), "--target-table", half.name()};

    assertThat(cli.run(with(again, REFUSED_ITEMS)).exitCode()).isEqualTo(3);
    assertThat(cli.run(again).exitCode()).isEqualTo(13);
    Outcome others = cli.run(with(again, "--resume"));
    Outcome same = cli.run(with(with(again, REFUSED_ITEMS), "--resume"));

    assertThat(others.exitCode()).isEqualTo(2);
    assertThat(others.err())
        .startsWith(
            "error: unable to resume the restore to table '"
                + half.name()
                + "': it was begun with another choice or masking of items, or to another moment\n"
                + "HINT: give the --key,");
    assertThat(same.exitCode()).isEqualTo(3);
    LiveTableAssert.assertThat(half).hasSize(0);
  }

  /** The table is the restore's own: what somebody else has put there is not what was backed up. */
  @Test
  void aResumedRestoreThatIsValidatedFindsAnExtraItem() {
    LiveTable half = tables.table(LocalTables.newName("half-extra"));
    String[] restore = {"restore", first.name(), "--target-table", half.name(), "--validate"};
    try (HttpFaultProxy proxy = HttpFaultProxy.before(TestingServers.dynamoDb().endpoint())) {
      proxy.use(
          FaultPlan.from(
              10, ProxiedRequest.ofOperation("BatchWriteItem"), AwsFaults.dynamoDbAccessDenied()));
      cli.with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", proxy.endpoint().toString());
      assertThat(cli.run(restore).exitCode()).isEqualTo(12);
    } finally {
      cli.with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", TestingServers.dynamoDb().endpoint().toString());
    }
    half.put("{\"id\":{\"N\":\"99999\"}}");

    Outcome resumed = cli.run(with(restore, "--resume"));

    assertThat(resumed.exitCode()).isEqualTo(4);
    assertThat(resumed.out())
        .contains("NOT as restored: " + half.name() + ": 1,184 items the same, 0 missing, 1 extra")
        .endsWith("extra      {\"id\":{\"N\":\"99999\"}}\n");
  }

  @Test
  void neverGoesOnInATableWhoseRestoreHasEnded() {
    LiveTable table = tables.table(LocalTables.newName("ended"));
    String[] restore = {"restore", first.name(), "--target-table", table.name()};
    assertThat(cli.run(restore).exitCode()).isZero();
    table.put("{\"id\":{\"N\":\"1\"},\"name\":{\"S\":\"changed since\"}}");

    Outcome resumed = cli.run(with(restore, "--resume"));

    assertThat(resumed.exitCode()).isEqualTo(13);
    assertThat(resumed.err())
        .startsWith(
            "error: unable to resume the restore to table '"
                + table.name()
                + "': the vault knows of no restore of recovery point '")
        .contains("\nHINT: say with --on-conflict");
    assertThat(table.contents().values()).anyMatch(item -> item.contains("changed since"));
  }

  @Test
  void neverTakesTheTableThatWasBackedUpForAnInterruptedRestore() {
    Outcome outcome = cli.run("restore", first.name(), "--resume");

    assertThat(outcome.exitCode()).isEqualTo(13);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to resume the restore to table '%s': it is the table that was backed up, no restore has created it
            HINT: say with --on-conflict what to do with its items, or restore under another name with --target-table
            """
                .formatted(first.name()));
  }

  @Test
  void refusesToResumeIntoATableThatWasThereBefore() {
    Outcome outcome = cli.run("restore", first.name(), "--resume", "--on-conflict", "skip");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to resume a restore with --on-conflict: it is into a new table
            HINT: to go on in a table that existed before, run the same command again
            """);
  }

  @Test
  void validationToleratesWhatThePolicyLeavesAlone() {
    LiveTable table = tables.table(LocalTables.newName("extra"));
    String[] restore = {"restore", first.name(), "--target-table", table.name(), "--validate"};
    cli.run(with(restore, REFUSED_ITEMS));
    table.put("{\"id\":{\"N\":\"99999\"}}");

    assertThat(cli.run(with(restore, "--on-conflict", "skip")).exitCode()).isZero();
    assertThat(cli.run(with(restore, "--on-conflict", "overwrite", "--confirm")).exitCode())
        .isZero();
  }

  @Test
  void namesItemsThatTheServerRefuses() throws IOException {
    LiveTable table = tables.table(LocalTables.newName("refused"));
    String[] restore = {"restore", first.name(), "--target-table", table.name()};

    Outcome outcome =
        cli.run(
            with(
                restore,
                "--key",
                "id<30",
                "--mask",
                "replace:city=" + "x".repeat(500_000),
                "--failures-file",
                "failures.jsonl"));

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out())
        .contains("items could not be written to " + table.name() + "\nfailed     {\"id\":")
        .contains("\n... and ");
    assertThat(outcome.out().lines().filter(line -> line.startsWith("failed "))).hasSize(20);
    long failed =
        Files.readAllLines(folder.resolve("failures.jsonl")).stream()
            .filter(line -> line.contains("\"failedKey\""))
            .count();
    assertThat(outcome.out()).contains(failed + " items could not be written");
  }

  @Test
  void takesTheSaltOfAFileAndNoneFromNowhere() throws IOException {
    LiveTable table = tables.table(LocalTables.newName("masked"));
    Files.writeString(folder.resolve("salt"), "a salt of sixteen bytes\n");
    String[] restore = {
      "restore",
      first.name(),
      "--target-table",
      table.name(),
      "--mask",
      "hash:name",
      "--key",
      "id=1"
    };

    Outcome without = cli.run(restore);
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err()).contains("hashing needs a masking salt");
    assertThat(cli.run(with(restore, "--masking-salt-file", "nowhere")).err())
        .isEqualTo(
            """
            error: unable to read the masking salt from 'nowhere'
            HINT: name a file that exists and may be read
            """);
    assertThat(cli.run(with(restore, "--masking-salt-file", "salt", "--validate")).exitCode())
        .isZero();
    assertThat(table.contents().values()).noneMatch(item -> item.contains("Goroka Airport"));
  }

  @Test
  void chooseATableThatNoRenameIsAboutIsAnError() {
    Outcome outcome = cli.run("restore", first.name(), "--rename", "prod-*=dev-*");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to rename table '%1$s': no --rename is about it
            HINT: add --rename '%1$s=...', or leave the table out
            """
                .formatted(first.name()));
  }

  @Test
  void refusesNamesThatAreNone() {
    Outcome outcome = cli.run("restore", first.name(), "--target-table", "a/b");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to restore to table 'a/b': not a table name
            HINT: table names have 3 to 255 characters of a-z, A-Z, 0-9, '_', '-' and '.'
            """);
  }

  @Test
  void comparesASampleOfTheKeys() throws IOException {
    JsonNode sample =
        new ObjectMapper()
            .readTree(cli.run("compare", first.name(), "--sample", "10%", "--json").out());

    assertThat(sample.get("same").asInt()).isBetween(SIZE / 20, SIZE / 5);
    assertThat(cli.run("compare", first.name(), "--sample", "0%").err())
        .startsWith(
            "error: invalid value for option '--sample': '0%' is not a share such as 5%, above 0%"
                + " and up to 100%\n");
  }

  private static void damage(String table) throws IOException {
    String prefix =
        cli.run("describe", "--table", table, "--json").json().get("exportPrefix").asText();
    try (Stream<Path> files = Files.list(folder.resolve("vault/" + prefix + "/data"))) {
      Path file = files.max((a, b) -> Long.compare(size(a), size(b))).orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private static String[] with(String[] command, String... more) {
    return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
  }
}
