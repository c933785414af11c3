// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.LocalTables;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.testing.table.AirportsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCopyGcIT {
  @TempDir private static Path folder;
  private static LocalTables tables;
  private static TestingCli cli;
  private static AirportsTable airports;
  private static String id;
  private static String exportPrefix;

  @BeforeAll
  static void backUp() {
    tables = new LocalTables(folder);
    cli = tables.cli();
    airports = tables.airports("airports");
    assertThat(cli.run("backup", "--table", airports.name()).exitCode()).isZero();
    JsonNode point = cli.run("describe", "--json").json();
    id = point.get("recoveryPointId").asText();
    exportPrefix = point.get("exportPrefix").asText();
  }

  @AfterAll
  static void dropTables() {
    tables.close();
  }

  @Test
  void findsAVaultSoundAtEveryLevel() {
    for (String level : new String[] {"structure", "checksums", "data"}) {
      Outcome outcome = cli.run("verify", "--level", level);

      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.out())
          .contains(airports.name(), id)
          .endsWith("sound: 1 export at level " + level + ", 0 errors, 0 warnings, 0 notes\n");
    }
  }

  @Test
  void readsOnlyASample() {
    JsonNode export =
        cli.run("verify", id, "--sample", "5%", "--json").json().get("exports").get(0);

    assertThat(export.get("filesRead").asLong())
        .isPositive()
        .isLessThan(export.get("dataFiles").asLong());
  }

  @Test
  void refusesASampleOfNothing() {
    Outcome outcome = cli.run("verify", "--sample", "0%");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: invalid value for option '--sample': '0%' is not a share such as 5%, above 0% and up to 100%
            Try: dynavault verify --help
            """);
  }

  @Test
  void namesDamageItsPlaceAndItsRemedy() throws IOException {
    cli.run("vault", "create", "--vault", "damaged");
    assertThat(cli.run("copy", "--target-vault", "damaged").exitCode()).isZero();
    Path file = dataFile("damaged");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    Outcome outcome = cli.run("verify", "--vault", "damaged");
    JsonNode json = cli.run("verify", "--vault", "damaged", "--json").json();

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.out())
        .contains("error: " + exportPrefix + "/data/" + file.getFileName(), "\n  remedy: ")
        .contains("damaged: 1 export at level data, ");
    JsonNode finding = json.get("exports").get(0).get("findings").get(0);
    assertThat(finding.get("severity").asText()).isEqualTo("ERROR");
    assertThat(finding.get("key").asText()).endsWith(file.getFileName().toString());
    assertThat(json.get("sound").asBoolean()).isFalse();
  }

  @Test
  void verifiesAnExportByItsLocation() {
    Outcome outcome = cli.run("verify", "vault/" + exportPrefix, "--key-schema", "id:N");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("sound: 1 export at level data");
    assertThat(cli.run("verify", "vault/nowhere").exitCode()).isEqualTo(10);
  }

  @Test
  void copiesOnceAndThenFindsItThere() {
    cli.run("vault", "create", "--vault", "second");

    Outcome plan = cli.run("copy", "latest", "--target-vault", "second", "--dry-run");
    Outcome copied = cli.run("copy", "latest", "--target-vault", "second");
    Outcome again = cli.run("copy", "--target-vault", "second");

    assertThat(plan.out()).contains("  copy\n").contains("Nothing was done, ");
    assertThat(copied.exitCode()).isZero();
    assertThat(copied.out()).contains(id).contains("  copied\n");
    assertThat(again.out()).contains("  was there\n");
    assertThat(cli.run("verify", "--vault", "second").exitCode()).isZero();
    assertThat(cli.run("list", "--vault", "second").out()).contains(id);
  }

  @Test
  void doesNotCopyAVaultToItself() {
    Outcome outcome = cli.run("copy", "--target-vault", "vault");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("error: unable to copy from '")
        .endsWith("' to itself\nHINT: give another vault with --target-vault\n");
  }

  @Test
  void removesDebrisOnlyWhenConfirmed() throws IOException {
    cli.run("vault", "create", "--vault", "third");
    cli.run("copy", "--target-vault", "third");
    Path stray = folder.resolve("third/" + exportPrefix + "/data/stray.json.gz");
    Files.writeString(stray, "left behind");
    Files.setLastModifiedTime(stray, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

    Outcome plan = cli.run("gc", "--vault", "third");
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out())
        .contains("files beside a recovery point that do not belong to it")
        .endsWith("Nothing was done. Add --confirm to do it.\n");
    assertThat(stray).exists();

    JsonNode done = cli.run("gc", "--vault", "third", "--confirm", "--json").json();
    assertThat(done.get("removedBytes").asLong()).isEqualTo("left behind".length());
    assertThat(stray).doesNotExist();
    assertThat(cli.run("verify", "--vault", "third").exitCode()).isZero();
    assertThat(cli.run("gc", "--vault", "third").out()).isEqualTo("nothing to remove\n");
  }

  @Test
  void refusesAGraceThatIsTooShort() {
    Outcome outcome = cli.run("gc", "--grace", "5min");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to remove debris: the grace is less than an hour: PT5M
            HINT: give a --grace of at least 1h
            """);
  }

  private static Path dataFile(String vault) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(vault + "/" + exportPrefix + "/data"))) {
      return files.sorted().findFirst().orElseThrow();
    }
  }
}
