// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.BucketAndTable;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.transport.SdkClients;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.aws.AwsError;
import io.dynavault.testing.aws.AwsStub;
import io.dynavault.testing.table.LiveTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Tables that AWS imports: of recovery points, and of files that somebody has put into S3. */
class ImportTableIT {
  @TempDir private Path folder;
  private final AwsStub stub = AwsStub.inFrontOf(TestingServers.dynamoDb().endpoint());
  private final DynamoDbClient client = SdkClients.dynamoDb(stub.endpoint());
  private final String bucket = TestingServers.newBucket();
  private final ObjectStore store = BucketAndTable.bucket(bucket);
  private final List<String> made = new ArrayList<>();
  private TestingCli cli = new TestingCli(Path.of("."));

  @BeforeEach
  void createVault() {
    System.setProperty("aws.accessKeyId", TestingServers.dynamoDb().credentials().accessKeyId());
    System.setProperty(
        "aws.secretAccessKey", TestingServers.dynamoDb().credentials().secretAccessKey());
    stub.bucket(bucket, store);
    stub.doneAfterLooks(2);
    cli =
        new TestingCli(folder)
            .with("DYNAVAULT_VAULT", "s3://" + bucket + "/main")
            .with("DYNAVAULT_AWS_REGION", "us-east-1")
            .with("DYNAVAULT_S3_ENDPOINT_URL", TestingServers.s3().endpoint().toString())
            .with("DYNAVAULT_S3_PATH_STYLE", "true")
            .with("DYNAVAULT_OUTPUT_PROGRESS", "false")
            .with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", stub.uri().toString());
    run("vault", "create");
  }

  @AfterEach
  void close() {
    for (String table : made) {
      if (client.listTables().tableNames().contains(table)) {
        client.deleteTable(b -> b.tableName(table));
      }
    }
    client.close();
    stub.close();
    store.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void aBackupIsRestoredByImportWithItsSettingsAndProved() {
    LiveTable table = table("source", 300);
    client.updateTimeToLive(
        b ->
            b.tableName(table.name())
                .timeToLiveSpecification(t -> t.enabled(true).attributeName("ttl")));
    run("backup", "--table", table.name());
    String target = newName("imported");

    JsonNode plan = restore(table, target, "--dry-run", "--json").json().path("plans").path(0);
    assertThat(plan.path("itemCount").asInt()).isEqualTo(300);
    assertThat(plan.path("source").asText())
        .startsWith("s3://" + bucket + "/main/")
        .endsWith("/data/");
    assertThat(plan.path("compression").asText()).isEqualTo("GZIP");
    assertThat(plan.path("estimatedCost").decimalValue())
        .isLessThan(plan.path("estimatedCostOfWriting").decimalValue());
    assertThat(stub.requests("ImportTable")).isEmpty();

    Outcome restored = restore(table, target, "--validate");

    assertThat(LiveTable.of(TestingServers.dynamoDb().endpoint(), target).contents())
        .isEqualTo(table.contents());
    assertThat(restored.out())
        .contains("settings of " + target + ": timeToLive put back")
        .contains("validated " + target + ": 300 items the same, 0 missing, 0 extra, 0 different");
    assertThat(stub.requests("BatchWriteItem")).isEmpty();
    assertThat(
            client
                .describeTimeToLive(b -> b.tableName(target))
                .timeToLiveDescription()
                .attributeName())
        .isEqualTo("ttl");
  }

  private Outcome restore(LiveTable table, String target, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "restore", "--table", table.name(), "--target-table", target, "--via", "import"));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  @Test
  void aFileThatDoesNotBelongToTheBackupIsNotImportedWithIt() {
    LiveTable table = table("debris", 5);
    run("backup", "--table", table.name());
    String summary =
        restore(table, newName("plan"), "--dry-run", "--json")
            .json()
            .path("plans")
            .path(0)
            .path("source")
            .asText();
    store.put(summary.substring(("s3://" + bucket + "/").length()) + "left.json.gz", gzip("x"));

    Outcome refused =
        cli.run(
            "restore", "--table", table.name(), "--target-table", newName("no"), "--via", "import");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("there are 1 that do not belong to it", "left.json.gz", "leave --via out");
    assertThat(stub.requests("ImportTable")).isEmpty();
  }

  @Test
  void anExportWithoutARecordIsImportedOnlyWithWholeKeys() {
    LiveTable table = table("export", 50);
    client.updateContinuousBackups(
        b ->
            b.tableName(table.name())
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    String arn =
        client
            .exportTableToPointInTime(
                b -> b.tableArn(describe(table.name())).s3Bucket(bucket).s3Prefix("raw"))
            .exportDescription()
            .exportArn();
    IntStream.range(0, 3).forEach(i -> client.describeExport(b -> b.exportArn(arn)));
    String location =
        "s3://" + bucket + "/raw/AWSDynamoDB/" + arn.substring(arn.lastIndexOf('/') + 1);
    String target = newName("raw");

    Outcome shared =
        cli.run(
            "restore",
            location,
            "--target-table",
            target,
            "--key-schema",
            "pk:S",
            "--via",
            "import");
    assertThat(shared.exitCode()).isEqualTo(13);
    assertThat(shared.err()).contains("share their key");
    assertThat(stub.requests("ImportTable")).isEmpty();

    run(
        "restore",
        location,
        "--target-table",
        target,
        "--key-schema",
        "pk:S,sk:N",
        "--via",
        "import");
    assertThat(LiveTable.of(TestingServers.dynamoDb().endpoint(), target).contents())
        .isEqualTo(table.contents());
  }

  private String describe(String table) {
    return client.describeTable(b -> b.tableName(table)).table().tableArn();
  }

  @Test
  void refusesWhatAwsCannotImportAndSaysWhatToDo() {
    LiveTable table = table("refused", 3);
    run("backup", "--table", table.name());

    refused(2, "new tables only", "restore", table.name(), "--on-conflict", "overwrite");
    refused(2, "imports all as they are", "restore", table.name(), "--key", "pk=a");
    refused(2, "imports all as they are", "restore", table.name(), "--mask", "drop:notes");
    refused(13, "it exists", "restore", table.name());
    refused(10, "AWS knows of none", "restore", table.name(), "--target-table", "abc", "--resume");
    Outcome alone = cli.run("restore", table.name(), "--bucket-owner", "111122223333");
    assertThat(alone.exitCode()).isEqualTo(2);
    assertThat(alone.err()).contains("add --via import");
    cli.with("DYNAVAULT_VAULT", folder.resolve("local").toString());
    run("vault", "create");
    run("backup", "--table", table.name());
    refused(1, "AWS imports from S3 only", "restore", table.name(), "--target-table", "abc");
    assertThat(stub.requests("ImportTable")).isEmpty();
  }

  private void refused(int exit, String reason, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--via", "import"));
    Outcome outcome = cli.run(all.toArray(String[]::new));
    assertThat(outcome.exitCode()).as("%s: %s", all, outcome.err()).isEqualTo(exit);
    assertThat(outcome.err()).contains(reason).contains("HINT: ");
  }

  @Test
  void csvFilesBecomeATableAndWhatAwsHasNotTakenIsNamed() {
    store.put("in/1.csv.gz", gzip("pk,sk,note\na,1,hello\nb,2,\n"));
    String good = newName("csv");
    Outcome imported = importTable("s3://" + bucket + "/in", good);
    assertThat(imported.exitCode()).as(imported.err()).isZero();
    assertThat(LiveTable.of(TestingServers.dynamoDb().endpoint(), good).contents()).hasSize(2);

    store.put("in/2.csv.gz", gzip("pk,sk\nc,3\n,4\n"));
    String partial = newName("csv");
    Outcome some = importTable("s3://" + bucket + "/in", partial);

    assertThat(some.exitCode()).isEqualTo(3);
    assertThat(some.err())
        .contains("in/2.csv.gz, item 1: ", "Missing the key pk")
        .contains("table '" + partial + "' is not complete: ItemValidationError")
        .contains("HINT: ");
    Outcome described = run("imports", "describe", partial);
    assertThat(described.out())
        .contains("failed", "/aws-dynamodb/imports", "/error", "not imported: s3://" + bucket);
    JsonNode listed = run("imports", "list", "--json").json().path("imports");
    assertThat(listed).hasSize(2);
    assertThat(listed.path(0).path("tableName").asText()).isEqualTo(partial);
    assertThat(run("imports", "list", "--status", "completed").out())
        .contains(good)
        .doesNotContain(partial);
  }

  private Outcome importTable(String location, String table, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "import",
                location,
                "--via",
                "import-table",
                "--table",
                table,
                "--key-schema",
                "pk:S,sk:N"));
    args.addAll(List.of(more));
    return cli.run(args.toArray(String[]::new));
  }

  @Test
  void aWaitThatEndsSaysHowToGoOnAndResumes() {
    store.put(
        "in/1.json", "{\"Item\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}}\n".getBytes(UTF_8));
    stub.doneAfterLooks(8);
    String table = newName("waits");
    String place = "s3://" + bucket + "/in/";

    Outcome waited = importTable(place, table, "--max-wait", "5s", "--tag", "team=shop");
    assertThat(waited.exitCode()).isEqualTo(14);
    assertThat(waited.err())
        .contains("AWS has it in work", "dynavault imports describe arn:aws", "--resume");

    Outcome resumed = importTable(place, table, "--resume", "--tag", "team=shop");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("settings of " + table + ": tags ");
    assertThat(stub.requests("ImportTable")).hasSize(1);
  }

  @Test
  void refusesFilesThatAreNotWhatTheySeem() {
    store.put("plain/1.json", "{\"pk\":\"a\"}".getBytes(UTF_8));
    store.put("mixed/1.csv", "pk,sk\n".getBytes(UTF_8));
    store.put("mixed/2.ion", "{Item:{}}".getBytes(UTF_8));
    store.put("csv/1.csv", "PK,sk\n".getBytes(UTF_8));
    String root = "s3://" + bucket;

    assertUsage(importTable(root + "/plain", "abc"), "does not begin with a line {\"Item\":");
    assertUsage(importTable(root + "/mixed", "abc"), "several formats");
    assertUsage(importTable(root + "/csv", "abc"), "has no column 'pk'");
    assertUsage(
        importTable(root + "/csv", "abc", "--compression", "gzip"), "cannot be read as gzip");
    assertUsage(importTable("orders.csv", "abc"), "AWS imports from one place in S3");
    assertUsage(importTable(root + "/csv", "abc", "--format", "json"), "plain JSON");
    assertUsage(importTable(root + "/csv", "abc", "--on-conflict", "skip"), "new tables only");
    assertUsage(importTable(root + "/csv", "abc", "--bucket-owner", "me"), "12 digits");
    assertThat(importTable(root + "/nothing", "abc").exitCode()).isEqualTo(10);
    Outcome write = cli.run("import", "orders.csv", "--table", "abc", "--key-schema", "pk:S");
    assertUsage(write, "add --via import-table");
    assertThat(stub.requests("ImportTable")).isEmpty();
  }

  @Test
  void aDeniedImportNamesTheMissingAction() {
    store.put("in/1.csv", "pk,sk\na,1\n".getBytes(UTF_8));
    stub.failNext(
        "ImportTable",
        AwsError.of(
            "AccessDeniedException",
            "User: arn:aws:iam::111122223333:user/a is not authorized to perform:"
                + " dynamodb:ImportTable on resource:"
                + " arn:aws:dynamodb:us-east-1:111122223333:table/t"),
        10);

    Outcome denied = importTable("s3://" + bucket + "/in", newName("denied"));

    assertThat(denied.exitCode()).isEqualTo(12);
    assertThat(denied.err()).contains("HINT: grant dynamodb:ImportTable on arn:aws:dynamodb");
  }

  private static void assertUsage(Outcome outcome, String reason) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains(reason).contains("HINT: ");
  }

  private Outcome run(String... args) {
    Outcome outcome = cli.run(args);
    assertThat(outcome.exitCode()).as("%s: %s", List.of(args), outcome.err()).isZero();
    return outcome;
  }

  private String newName(String name) {
    String unique = TestingServers.newTableName(name);
    made.add(unique);
    return unique;
  }

  private LiveTable table(String name, int items) {
    LiveTable table = BucketAndTable.table(newName(name));
    table.putAll(
        IntStream.range(0, items)
            .mapToObj(
                i ->
                    "{\"pk\":{\"S\":\"order#%d\"},\"sk\":{\"N\":\"%d\"},\"tags\":{\"SS\":[\"a\"]}}"
                        .formatted(i / 3, i % 3)));
    return table;
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
