// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.BucketAndTable;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.core.transport.SdkClients;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.aws.AwsStub;
import io.dynavault.testing.table.LiveTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A chain of exports, from the first backup to restores of every window's end. */
class ExportMethodIT {
  private static final String[] OFFSITE = {"--vault", "offsite"};

  @TempDir private Path folder;
  private final AwsStub stub = AwsStub.inFrontOf(TestingServers.dynamoDb().endpoint());
  private final DynamoDbClient client = SdkClients.dynamoDb(stub.endpoint());
  private final String bucket = TestingServers.newBucket();
  private final List<String> made = new ArrayList<>();
  private TestingCli cli = new TestingCli(Path.of("."));

  @BeforeEach
  void createVault() {
    System.setProperty("aws.accessKeyId", TestingServers.dynamoDb().credentials().accessKeyId());
    System.setProperty(
        "aws.secretAccessKey", TestingServers.dynamoDb().credentials().secretAccessKey());
    stub.clock().set(Instant.now().plus(1, ChronoUnit.HOURS));
    stub.bucket(bucket, BucketAndTable.bucket(bucket));
    cli =
        new TestingCli(folder)
            .with("DYNAVAULT_VAULT", "s3://" + bucket + "/main")
            .with("DYNAVAULT_AWS_REGION", "us-east-1")
            .with("DYNAVAULT_S3_ENDPOINT_URL", TestingServers.s3().endpoint().toString())
            .with("DYNAVAULT_S3_PATH_STYLE", "true")
            .with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", stub.uri().toString());
    run("vault", "create");
  }

  @AfterEach
  void close() {
    made.forEach(name -> client.deleteTable(b -> b.tableName(name)));
    client.close();
    stub.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void everyEndOfAChainIsRestoredAsTheTableWasThen() {
    LiveTable table = table("chain");
    table.putAll(IntStream.range(0, 200).mapToObj(i -> item(i, 1)));
    client.updateContinuousBackups(
        b ->
            b.tableName(table.name())
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    stub.clock().advance(Duration.ofDays(1));
    String base = export(table, stub.clock().instant().truncatedTo(ChronoUnit.SECONDS));
    SortedMap<String, String> first = table.contents();

    table.putAll(IntStream.range(150, 250).mapToObj(i -> item(i, 2)));
    IntStream.range(0, 20).forEach(i -> table.delete(key(i)));
    String second = incremental(table);
    SortedMap<String, String> afterSecond = table.contents();

    table.putAll(IntStream.range(10, 15).mapToObj(i -> item(i, 3)));
    IntStream.range(240, 250).forEach(i -> table.delete(key(i)));
    String third = incremental(table);
    SortedMap<String, String> afterThird = table.contents();

    assertThat(restored(base, "base")).isEqualTo(first);
    assertThat(restored(second, "second")).isEqualTo(afterSecond);
    assertThat(restored(third, "third")).isEqualTo(afterThird);
    assertThat(afterThird).isNotEqualTo(afterSecond);
    Instant end = Instant.parse(point(second).get("endTime").asText());
    assertThat(restoredAt(table.name(), end, "at")).isEqualTo(afterSecond);
    madeIdenticalAgain(table, second, afterSecond);
    readsLikeAnyOtherRecoveryPoint(table, third, afterThird.size());
    isReadWithoutItsRecords(second, afterSecond, afterThird);
    copied(third);
    assertThat(restored(base, "copied", OFFSITE)).isEqualTo(first);
    assertThat(restored(second, "copied", OFFSITE)).isEqualTo(afterSecond);
    assertThat(restored(third, "copied", OFFSITE)).isEqualTo(afterThird);
    isDeletedFromItsEnd(base, second, third);
  }

  /** As whoever has only the bucket that AWS has written to. */
  private void isReadWithoutItsRecords(
      String second, SortedMap<String, String> afterSecond, SortedMap<String, String> afterThird) {
    String prefix = "s3://" + bucket + "/main";
    String end = point(second).get("endTime").asText();
    assertThat(run("cat", prefix).out().lines()).hasSize(afterThird.size());
    String target = TestingServers.newTableName("bare");
    made.add(target);

    run(
        "restore",
        prefix,
        "--at",
        end,
        "--target-table",
        target,
        "--key-schema",
        "pk:S,sk:N",
        "--validate",
        "--no-progress");

    assertThat(LiveTable.of(TestingServers.dynamoDb().endpoint(), target).contents())
        .isEqualTo(afterSecond);
  }

  /** A window takes its chain with it, into a folder as well. */
  private void copied(String point) {
    run("vault", "create", "--vault", "offsite");
    Outcome planned = run("copy", point, "--target-vault", "offsite", "--dry-run");
    assertThat(planned.out().lines().filter(line -> line.contains("others build on it")))
        .hasSize(2);

    Outcome copied = run("copy", point, "--target-vault", "offsite", "--no-progress");

    assertThat(copied.out().lines().filter(line -> line.endsWith("copied"))).hasSize(3);
    assertThat(run("verify", "--vault", "offsite", "--no-progress").exitCode()).isZero();
  }

  private void isDeletedFromItsEnd(String base, String second, String third) {
    Outcome refused = cli.run("delete", base, "--confirm");
    assertThat(refused.exitCode()).isEqualTo(13);
    assertThat(refused.err())
        .contains("it is needed by 2 incremental exports", third + ", " + second)
        .contains("HINT: delete what builds on it with it: --with-dependents");
    assertThat(run("delete", base).out()).contains("refuse: it is needed by 2 incremental");

    assertThat(run("delete", base, "--with-dependents").out()).doesNotContain("refuse");
    Outcome deleted = run("delete", second, "--with-dependents", "--confirm");
    assertThat(deleted.out().lines().map(line -> line.split(" ")[3]))
        .containsExactly(third, second);
    run("delete", base, "--confirm");
    assertThat(run("list", "--json").json().get("recoveryPoints")).isEmpty();
  }

  private void madeIdenticalAgain(
      LiveTable table, String point, SortedMap<String, String> expected) {
    Outcome restored =
        run(
            "restore",
            "--id",
            point,
            "--on-conflict",
            "identical",
            "--confirm",
            "--validate",
            "--no-progress");

    assertThat(restored.exitCode()).isZero();
    assertThat(table.contents()).isEqualTo(expected);
  }

  private void readsLikeAnyOtherRecoveryPoint(LiveTable table, String point, int items) {
    assertThat(run("cat", point, "--table", table.name()).out().lines()).hasSize(items);
    assertThat(cli.run("compare", point, "--table", table.name()).exitCode()).isEqualTo(4);
    assertThat(run("verify", point, "--table", table.name()).exitCode()).isZero();
    assertThat(run("describe", point, "--table", table.name()).exitCode()).isZero();
  }

  @Test
  void aDryRunShowsEveryWindowAndStartsNothing() {
    LiveTable table = table("planned");
    client.updateContinuousBackups(
        b ->
            b.tableName(table.name())
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    stub.clock().advance(Duration.ofDays(1));
    export(table, stub.clock().instant().truncatedTo(ChronoUnit.SECONDS));
    stub.clock().advance(Duration.ofDays(3));
    cli.at(stub.clock().instant());

    Outcome planned =
        run("backup", "--method", "export", "--incremental", "--table", table.name(), "--dry-run");

    assertThat(planned.out().lines().filter(line -> line.contains("changes"))).hasSize(3);
    assertThat(planned.out()).contains("s3://" + bucket + "/main/");
    assertThat(stub.requests("ExportTableToPointInTime")).hasSize(1);
  }

  @Test
  void encryptsAsEverythingElseInTheVault() {
    LiveTable table = table("encrypted");
    client.updateContinuousBackups(
        b ->
            b.tableName(table.name())
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    stub.clock().advance(Duration.ofDays(1));
    cli = cli.with("DYNAVAULT_S3_SSE_KMS_KEY_ID", "alias/vault");

    // The server of these tests has no keys: what matters is what AWS is asked for.
    cli.at(stub.clock().instant()).run("backup", "--method", "export", "--table", table.name());

    JsonNode request = stub.requests("ExportTableToPointInTime").get(0);
    assertThat(request.path("S3SseAlgorithm").asText()).isEqualTo("KMS");
    assertThat(request.path("S3SseKmsKeyId").asText()).isEqualTo("alias/vault");
  }

  /** A bucket of the vault's name at AWS would be somebody else's. */
  @Test
  void doesNotHaveAwsExportIntoABucketOfAnotherServer() {
    TestingCli tablesAtAws =
        new TestingCli(folder)
            .with("DYNAVAULT_VAULT", "s3://" + bucket + "/main")
            .with("DYNAVAULT_AWS_REGION", "us-east-1")
            .with("DYNAVAULT_S3_ENDPOINT_URL", TestingServers.s3().endpoint().toString())
            .with("DYNAVAULT_S3_PATH_STYLE", "true");

    Outcome outcome = tablesAtAws.run("backup", "--method", "export", "--table", "orders");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("DynamoDB exports to AWS's own S3, and the vault is at '")
        .contains("--method scan");
  }

  @Test
  void refusesWhatExportsCannotDo() {
    LiveTable table = table("refused");

    Outcome off = cli.run("backup", "--method", "export", "--table", table.name());
    assertThat(off.exitCode()).isEqualTo(1);
    assertThat(off.err())
        .isEqualTo(
            """
            error: unable to export table '%1$s': point-in-time recovery is off
            HINT: turn it on with: dynavault pitr enable --table %1$s
            """
                .formatted(table.name()));
    Outcome folderVault = cli.with("DYNAVAULT_VAULT", "local").run("vault", "create");
    assertThat(folderVault.exitCode()).isZero();
    Outcome notS3 = cli.run("backup", "--method", "export", "--table", table.name());
    assertThat(notS3.exitCode()).isEqualTo(2);
    assertThat(notS3.err())
        .contains("DynamoDB exports to S3 only", "--vault s3://my-backups/vault");
    Outcome scan = cli.run("backup", "--incremental", "--table", table.name());
    assertThat(scan.exitCode()).isEqualTo(2);
    assertThat(scan.err()).contains("add --method export");
    Outcome filtered =
        cli.run(
            "backup",
            "--method",
            "export",
            "--table",
            table.name(),
            "--filter-expression",
            "attribute_exists(pk)");
    assertThat(filtered.exitCode()).isEqualTo(2);
  }

  @Test
  @Tag("G15")
  void oneTableThatCannotBeExportedDoesNotStopTheOthers() {
    LiveTable good = table("good");
    LiveTable bad = table("bad");
    good.putAll(Stream.of(item(1, 1)));
    client.updateContinuousBackups(
        b ->
            b.tableName(good.name())
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    stub.clock().advance(Duration.ofDays(1));
    cli.at(stub.clock().instant());

    Outcome outcome =
        cli.run(
            "backup",
            "--method",
            "export",
            "--table",
            good.name(),
            "--table",
            bad.name(),
            "--no-progress");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out()).contains(good.name()).doesNotContain(bad.name());
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to export table '%1$s': point-in-time recovery is off
            HINT: turn it on with: dynavault pitr enable --table %1$s
            """
                .formatted(bad.name()));
  }

  private String export(LiveTable table, Instant moment) {
    stub.snapshotForPitr(table.name(), moment);
    return backup(table, "--method", "export");
  }

  private String incremental(LiveTable table) {
    stub.clock().advance(Duration.ofMinutes(40));
    // The stub, like AWS, lets the past be restored up to five minutes ago.
    Instant end =
        stub.clock().instant().minus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.SECONDS);
    stub.snapshotForPitr(table.name(), end);
    return backup(table, "--method", "export", "--incremental");
  }

  private String backup(LiveTable table, String... options) {
    cli.at(stub.clock().instant());
    List<String> args = new ArrayList<>(List.of("backup", "--table", table.name(), "--json"));
    args.addAll(List.of(options));
    Outcome outcome = run(args.toArray(String[]::new));
    String item =
        outcome
            .out()
            .lines()
            .filter(line -> line.contains("recoveryPointId"))
            .findFirst()
            .orElseThrow();
    return new Outcome(0, item, "").json().get("recoveryPointId").asText();
  }

  private SortedMap<String, String> restored(String point, String name, String... options) {
    String target = TestingServers.newTableName(name);
    made.add(target);
    List<String> args =
        new ArrayList<>(
            List.of("restore", "--id", point, "--target-table", target, "--no-progress"));
    args.addAll(List.of(options));
    run(args.toArray(String[]::new));
    return LiveTable.of(TestingServers.dynamoDb().endpoint(), target).contents();
  }

  private SortedMap<String, String> restoredAt(String table, Instant time, String name) {
    String target = TestingServers.newTableName(name);
    made.add(target);
    run("restore", table, "--at", time.toString(), "--target-table", target, "--no-progress");
    return LiveTable.of(TestingServers.dynamoDb().endpoint(), target).contents();
  }

  private JsonNode point(String id) {
    for (JsonNode point : run("list", "--json").json().get("recoveryPoints")) {
      if (point.get("recoveryPointId").asText().equals(id)) {
        return point;
      }
    }
    throw new AssertionError("no recovery point " + id);
  }

  private Outcome run(String... args) {
    Outcome outcome = cli.run(args);
    assertThat(outcome.exitCode()).as("%s: %s", List.of(args), outcome.err()).isZero();
    return outcome;
  }

  private LiveTable table(String name) {
    String unique = TestingServers.newTableName(name);
    made.add(unique);
    return BucketAndTable.table(unique);
  }

  private static String item(int number, int version) {
    return ("{\"pk\":{\"S\":\"order#%d\"},\"sk\":{\"N\":\"%d\"},\"v\":{\"N\":\"%d\"},"
            + "\"tags\":{\"SS\":[\"a\",\"b\"]}}")
        .formatted(number, number % 7, version);
  }

  private static String key(int number) {
    return "{\"pk\":{\"S\":\"order#%d\"},\"sk\":{\"N\":\"%d\"}}".formatted(number, number % 7);
  }
}
