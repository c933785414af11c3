// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.LocalTables;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.DynamoDbJsonClient;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A table that is captured into one vault, which is copied to others. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContinuousCopyIT {
  private static final DynamoDbJsonClient DYNAMODB =
      new DynamoDbJsonClient(TestingServers.dynamoDb().endpoint());

  @TempDir private static Path folder;
  private LocalTables tables;
  private TestingCli cli;
  private AirportsTable airports;
  private int vaults;
  private int changes;

  @BeforeAll
  void capture() {
    System.setProperty("aws.accessKeyId", TestingServers.dynamoDb().credentials().accessKeyId());
    System.setProperty(
        "aws.secretAccessKey", TestingServers.dynamoDb().credentials().secretAccessKey());
    tables = new LocalTables(folder);
    cli =
        tables
            .cli()
            .inRealTime()
            .with("DYNAVAULT_AWS_REGION", "us-east-1")
            .with("DYNAVAULT_S3_ENDPOINT_URL", TestingServers.s3().endpoint().toString())
            .with("DYNAVAULT_S3_PATH_STYLE", "true")
            .with("DYNAVAULT_TARGET_S3_ENDPOINT_URL", TestingServers.s3().endpoint().toString())
            .with("DYNAVAULT_TARGET_S3_PATH_STYLE", "true")
            .with("DYNAVAULT_TARGET_S3_REGION", "us-east-1");
    airports = tables.airports("copied");
    once();
    change();
    once();
  }

  @AfterAll
  void drop() {
    tables.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void aFolderIsRestoredFromLikeTheVaultItself() throws Exception {
    String second = newVault();
    copyAndRestore(second);

    try (Stream<Path> files = Files.walk(folder.resolve(second).resolve("continuous"))) {
      assertThat(files.filter(file -> file.endsWith("copied.json"))).hasSize(1);
    }
  }

  @Test
  void aBucketIsRestoredFromLikeTheVaultItself() throws Exception {
    copyAndRestore(created("s3://" + TestingServers.newBucket() + "/second"));
  }

  private void copyAndRestore(String target) throws IOException {
    JsonNode first = copy(target);
    change();
    once();
    JsonNode second = copy(target);
    JsonNode third = copy(target);

    assertThat(first.path("action").asText()).isEqualTo("COPY");
    assertThat(first.path("bases")).hasSize(1);
    assertThat(second.path("copiedFiles").asLong()).as("what is new").isEqualTo(1);
    assertThat(second.path("bases")).isEmpty();
    assertThat(second.path("copiedBytes").asLong()).isBetween(1L, 2_000L);
    assertThat(third.path("action").asText()).isEqualTo("SKIP");
    assertThat(first.path("copiedCommits").asLong() + second.path("copiedCommits").asLong())
        .isEqualTo(commits("vault"))
        .isEqualTo(commits(target));
    succeed("verify", "--vault", target);
    String moment = status(target).path("latest").asText();
    assertThat(moment).isEqualTo(status("vault").path("latest").asText());
    assertThat(restored(target, moment)).isEqualTo(restored("vault", moment)).hasSize(1184);
  }

  @Test
  void theCopySaysWhatItIsAndThatItIsOld() {
    String second = newVault();
    copyTo(second);

    assertThat(status(second).path("state").asText()).isEqualTo("COPIED");
    assertThat(status(second).path("problems")).isEmpty();
    assertThat(status(second).path("chains").get(0).path("copiedFromName").asText()).isNotEmpty();
    Outcome late = cli.run("continuous", "status", "--vault", second, "--max-lag", "1s");
    assertThat(late.exitCode()).isEqualTo(4);
    assertThat(late.out()).contains("  copied  ", "not copied from vault '");
  }

  @Test
  void aCaptureIntoTheCopyBeginsAChainOfItsOwnAndCopyingGoesOn() throws Exception {
    String second = newVault();
    copyTo(second);

    succeed("continuous", "start", airports.name(), "--once", "--vault", second);
    change();
    once();

    assertThat(status(second).path("chains")).hasSize(2);
    assertThat(copy(second).path("copiedFiles").asLong()).isEqualTo(1);
    succeed("verify", "--vault", second);
  }

  @Test
  void aPlanIsPrintedAndNothingDone() {
    String second = newVault();

    Outcome plan =
        cli.run("continuous", "copy", "--target-vault", second, "--dry-run", "--workers", "2");

    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out())
        .contains("TABLE", "CHAIN", "COMMITS", "FILES", "BASES", airports.name(), "  copy\n")
        .contains("Nothing was done, ");
    assertThat(folder.resolve(second).resolve("continuous")).doesNotExist();
    JsonNode json =
        cli.run("continuous", "copy", "--target-vault", second, "--dry-run", "--json").json();
    assertThat(json.path("chains").get(0).path("bases")).hasSize(1);
    assertThat(json.path("chains").get(0).path("files").asInt()).isEqualTo(changes);
  }

  @Test
  void whoCopiesRecoveryPointsIsToldOfTheRest() {
    String second = newVault();

    assertThat(cli.run("copy", "--target-vault", second).err())
        .contains(
            "the continuous backup of table '%s' is with: dynavault continuous copy"
                .formatted(airports.name()));
    assertThat(cli.run("copy", "latest", "--target-vault", second).err()).isEmpty();
    Outcome text = cli.run("continuous", "copy", airports.name(), "--target-vault", second);
    assertThat(text.out()).contains("TABLE", "COPIED", "RESULT", "  copied\n");
    assertThat(cli.run("continuous", "copy", "unknown-table", "--target-vault", second).exitCode())
        .isEqualTo(10);
  }

  private String newVault() {
    vaults++;
    return created("second-" + vaults);
  }

  private String created(String vault) {
    succeed("vault", "create", "--vault", vault);
    return vault;
  }

  private void once() {
    succeed("continuous", "start", airports.name(), "--once");
  }

  private void change() {
    changes++;
    String item = airports.items().findFirst().orElseThrow();
    DYNAMODB.call(
        "PutItem",
        "{\"TableName\":\"%s\",\"Item\":{\"changes\":{\"N\":\"%d\"},%s}"
            .formatted(airports.name(), changes, item.substring(1)));
  }

  private Outcome succeed(String... arguments) {
    Outcome outcome = cli.run(arguments);
    assertThat(outcome.exitCode()).as(outcome.out() + outcome.err()).isZero();
    return outcome;
  }

  private Outcome copyTo(String target) {
    return succeed("continuous", "copy", "--target-vault", target, "--json");
  }

  /** The line of the chain. */
  private JsonNode copy(String target) throws IOException {
    List<String> lines =
        copyTo(target).out().lines().filter(line -> line.contains("\"item\"")).toList();
    assertThat(lines).hasSize(1);
    return new ObjectMapper().readTree(lines.get(0));
  }

  private JsonNode status(String vault) {
    return cli.run("continuous", "status", "--size", "--json", "--vault", vault)
        .json()
        .path("tables")
        .get(0);
  }

  private long commits(String vault) {
    return status(vault).path("commits").asLong();
  }

  private List<String> restored(String vault, String moment) {
    LiveTable copy = tables.table(LocalTables.newName("restored"));
    succeed(
        "restore",
        airports.name(),
        "--to-time",
        moment,
        "--target-table",
        copy.name(),
        "--vault",
        vault);
    return copy.contents().values().stream().sorted().toList();
  }
}
