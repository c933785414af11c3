// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareAndCatIT {
  @TempDir private static Path folder;
  private static LocalTables tables;
  private static TestingCli cli;
  private static AirportsTable airports;

  /** Lacks an item, has another one beside, and one with other attributes. */
  private static LiveTable copy;

  @BeforeAll
  static void backUp() {
    tables = new LocalTables(folder);
    cli = tables.cli();
    airports = tables.airports("airports");
    assertThat(cli.run("backup", "--table", airports.name()).exitCode()).isZero();
    copy = tables.table(LocalTables.newName("differs"));
    assertThat(cli.run("restore", "--target-table", copy.name()).exitCode()).isZero();
    copy.delete("{\"id\":{\"N\":\"1\"}}");
    copy.put("{\"id\":{\"N\":\"2\"},\"name\":{\"S\":\"changed\"}}");
    copy.put("{\"id\":{\"N\":\"99999\"}}");
  }

  @AfterAll
  static void dropTables() {
    tables.close();
  }

  @Test
  void findsATableIdentical() {
    Outcome outcome = cli.run("compare");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .isEqualTo("identical: 1,184 items the same, 0 missing, 0 extra, 0 different\n");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void listsEveryDifferenceByKey() {
    Outcome outcome = cli.run("compare", "--with", copy.name());
    Outcome json = cli.run("compare", "latest", "--with", copy.name(), "--json");

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.out().lines())
        .containsExactlyInAnyOrder(
            "missing    {\"id\":{\"N\":\"1\"}}",
            "different  {\"id\":{\"N\":\"2\"}}",
            "extra      {\"id\":{\"N\":\"99999\"}}",
            "not identical: 1,182 items the same, 1 missing, 1 extra, 1 different");
    assertThat(json.exitCode()).isEqualTo(4);
    assertThat(json.out().lines().filter(line -> line.contains("\"item\""))).hasSize(3);
    assertThat(json.out())
        .endsWith(
            "{\"messageType\":\"summary\",\"identical\":false,\"same\":1182,\"missing\":1,"
                + "\"extra\":1,\"different\":1}\n");
  }

  @Test
  void showsWhatDiffersAttributeByAttribute() {
    Outcome outcome = cli.run("diff", airports.name(), "live:" + copy.name());

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines())
        .startsWith("removed  {\"id\":{\"N\":\"1\"}}")
        .containsSubsequence(
            "    - name: \"Goroka Airport\"",
            "changed  {\"id\":{\"N\":\"2\"}}",
            "    ~ name: \"Madang Airport\" -> \"changed\"",
            "added    {\"id\":{\"N\":\"99999\"}}",
            "not identical: 1,182 items the same, 1 added, 1 removed, 1 changed");
    assertThat(outcome.exitCode()).isEqualTo(4);
  }

  @Test
  void showsAsManyDifferencesAsAreWanted() {
    String live = "live:" + copy.name();

    assertThat(cli.run("diff", "latest", live, "--counts").out())
        .isEqualTo("not identical: 1,182 items the same, 1 added, 1 removed, 1 changed\n");
    assertThat(cli.run("diff", "latest", live, "--limit", "1").out()).contains("... and 2 more\n");
    assertThat(cli.run("diff", "latest", live, "--key", "id=3").out())
        .isEqualTo("identical: 1 item the same, 0 added, 0 removed, 0 changed\n");
  }

  @Test
  void tellsProgramsBothImagesOfWhatDiffers() throws IOException {
    Outcome outcome = cli.run("diff", "live:" + copy.name(), "latest", "--key", "id=1", "--json");

    JsonNode item = new ObjectMapper().readTree(outcome.out().lines().findFirst().orElseThrow());
    assertThat(item.get("difference").asText()).isEqualTo("ADDED");
    assertThat(item.get("newImage").get("name").get("S").asText()).isEqualTo("Goroka Airport");
    assertThat(item.has("oldImage")).isFalse();
    assertThat(outcome.out())
        .endsWith(
            "{\"messageType\":\"summary\",\"identical\":false,\"same\":0,\"added\":1,"
                + "\"removed\":0,\"changed\":0}\n");
  }

  @Test
  void asksForTheKeyOfTwoExports() {
    String export = "vault/" + cli.run("describe", "--json").json().get("exportPrefix").asText();

    Outcome outcome = cli.run("diff", export, export);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("HINT: give it with --key-schema");
    assertThat(cli.run("diff", export, export, "--key-schema", "id:N").exitCode()).isZero();
  }

  @Test
  void comparesWithATableThatIsMissing() {
    Outcome outcome = cli.run("compare", "--with", "missing-table");

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err())
        .startsWith("error: unable to describe table 'missing-table': there is no such table\n");
  }

  @Test
  void printsItemsAsTheExportHasThem() throws IOException {
    Outcome outcome = cli.run("cat");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines().count()).isEqualTo(LocalTables.AIRPORTS);
    JsonNode item = new ObjectMapper().readTree(outcome.out().lines().findFirst().orElseThrow());
    assertThat(item.get("Item").get("id").has("N")).isTrue();
  }

  @Test
  void printsOneItemByItsKeyAsPlainJson() throws IOException {
    Outcome outcome = cli.run("cat", "--key", "id=1", "--format", "json");

    JsonNode item = outcome.json();
    assertThat(item.get("name").asText()).isEqualTo("Goroka Airport");
    assertThat(item.get("latitude").asText()).isEqualTo("-6.081689834590001");
  }

  @Test
  void printsCsv() {
    Outcome chosen =
        cli.run("cat", "--key", "id=1", "--format", "csv", "--columns", "iata,name,city");
    Outcome all = cli.run("cat", "--key", "id=1", "--format", "CSV");

    assertThat(chosen.out()).isEqualTo("iata,name,city\nGKA,Goroka Airport,Goroka\n");
    assertThat(chosen.err()).startsWith("warning: attributes without a column: altitude, country");
    assertThat(all.out()).startsWith("id,altitude,city,country,dst,iata,icao,latitude,longitude,");
    assertThat(all.err()).isEmpty();
  }

  @Test
  void printsSomeItemsOnly() {
    assertThat(cli.run("cat", "--limit", "3").out().lines().count()).isEqualTo(3);
    assertThat(
            cli.run(
                    "cat",
                    "--filter-expression",
                    "country = :c",
                    "--expression-attribute-values",
                    "{\":c\":{\"S\":\"Iceland\"}}",
                    "--format",
                    "json")
                .out()
                .lines())
        .isNotEmpty()
        .allMatch(line -> line.contains("\"country\":\"Iceland\""));
  }

  @Test
  void printsAnExportByItsLocationButAsksForItsKey() {
    String location = "vault/" + cli.run("describe", "--json").json().get("exportPrefix").asText();

    assertThat(cli.run("cat", location, "--limit", "2").out().lines().count()).isEqualTo(2);
    assertThat(cli.run("cat", location, "--key", "id=1", "--key-schema", "id:N").out())
        .contains("Goroka");
    Outcome outcome = cli.run("cat", location, "--key", "id=1");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to choose items by key: the export does not say what its key is
            HINT: give it with --key-schema, such as --key-schema pk:S,sk:N
            """);
  }

  @Test
  void aDamagedFileIsDamage() throws IOException {
    AirportsTable other = tables.airports("damaged");
    cli.run("backup", "--table", other.name());
    String prefix =
        cli.run("describe", "--table", other.name(), "--json").json().get("exportPrefix").asText();
    try (Stream<Path> files = Files.list(folder.resolve("vault/" + prefix + "/data"))) {
      Path file = files.findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }

    Outcome outcome = cli.run("cat", "--table", other.name());

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.err())
        .startsWith("error: unable to read data file '" + prefix + "/data/")
        .contains("\nHINT: see what is affected with: dynavault verify\n");
    cli.run("delete", "latest", "--table", other.name(), "--confirm");
    assertThat(List.of(folder.resolve("vault/" + prefix))).allMatch(Files::notExists);
  }
}
