// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.cli.TestingVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostCommandTest {
  @TempDir private Path folder;
  private TestingCli cli;

  @BeforeEach
  void createCli() {
    cli = new TestingCli(folder);
  }

  @Test
  void comparesTheMethods() {
    Outcome outcome = cli.run("cost", "--items", "1000000", "--size", "100GiB");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .startsWith("a table: 1,000,000 items, 107 GB; a backup takes about 36.5 GB\n")
        .contains("30 backups a month, kept for 30 days")
        .containsPattern("METHOD +USD +FOR +PRICES\n")
        .containsPattern("native full export to S3 +10\\.\\d\\d +each time")
        .contains("Prices of us-east-1");
  }

  @Test
  void reckonsAReadOf100GibAs13107200UnitsForADollarAnd64() {
    // 100 * 2^30 / 8192 = 13,107,200 read units at 0.125 USD a million: 1.6384 USD, plus S3 PUTs.
    JsonNode options =
        cli.run("cost", "--items", "1", "--size", "100GiB", "--json").json().get("options");

    JsonNode scan = method(options, "BACKUP_SCAN_EVENTUAL");
    assertThat(scan.get("basis").asText()).isEqualTo("EACH");
    assertThat(scan.get("lines").get(0).get("quantity").asDouble()).isEqualTo(13.1072);
    assertThat(scan.get("lines").get(0).get("amount").asDouble()).isEqualTo(1.6384);
    assertThat(method(options, "STORAGE_S3").get("basis").asText()).isEqualTo("MONTHLY");
  }

  @Test
  void takesPricesFromAFile() throws IOException {
    Files.writeString(
        folder.resolve("prices.json"),
        """
        {"region":"eu-west-1","currency":"EUR","prices":{"exportFull":{"value":"2","unit":"GB"}}}
        """);

    JsonNode json =
        cli.run("cost", "--items", "1", "--size", "10GiB", "--prices", "prices.json", "--json")
            .json();

    assertThat(json.get("region").asText()).isEqualTo("eu-west-1");
    assertThat(json.get("currency").asText()).isEqualTo("EUR");
    JsonNode export = method(json.get("options"), "BACKUP_EXPORT").get("lines").get(0);
    assertThat(export.get("amount").asDouble()).isEqualTo(20.0);
  }

  @Test
  void refusesAPriceFileThatIsMissing() {
    Outcome outcome = cli.run("cost", "--items", "1", "--size", "1GB", "--prices", "none.json");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("error: unable to read the prices in '");
  }

  @Test
  void estimatesARecoveryPoint() throws InterruptedException {
    cli.with("DYNAVAULT_VAULT", "vault").run("vault", "create");
    try (TestingVault vault = TestingVault.open(folder.resolve("vault"))) {
      vault.commit("orders", "01795244400000-0a1b2c3d");
    }

    JsonNode json = cli.run("cost", "latest", "--json").json();

    assertThat(json.get("itemCount").asLong()).isEqualTo(2);
    assertThat(json.get("itemBytes").asLong()).isEqualTo(74);
    assertThat(json.get("storedBytes").asLong()).isEqualTo(6);
  }

  @Test
  void asksForSomethingToEstimate() {
    Outcome outcome = cli.run("cost");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to estimate costs: nothing to estimate is given
            HINT: give --table, or RECOVERY-POINT with --vault, or --items and --size
            """);
  }

  @Test
  void refusesHalfOfASize() {
    for (List<String> half : List.of(List.of("--items", "1"), List.of("--size", "1GB"))) {
      Outcome outcome = cli.run("cost", half.get(0), half.get(1));

      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.err()).startsWith("error: unable to estimate costs: --items and --size");
    }
  }

  private static JsonNode method(JsonNode options, String name) {
    for (JsonNode option : options) {
      if (option.get("method").asText().equals(name)) {
        return option;
      }
    }
    throw new AssertionError("no option " + name);
  }
}
