// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static io.dynavault.aws.imports.ImportWorld.TABLE;
import static io.dynavault.aws.imports.ImportWorld.files;
import static io.dynavault.aws.imports.ImportWorld.lines;
import static io.dynavault.aws.imports.ImportWorld.request;
import static io.dynavault.aws.imports.ImportWorld.resumed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.Setting;
import io.dynavault.core.table.SettingOutcome;
import io.dynavault.format.export.Compression;
import io.dynavault.testing.aws.AwsError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImportRunTest {
  private static final String DENIED =
      "User: arn:aws:iam::111122223333:user/a is not authorized to perform: logs:FilterLogEvents"
          + " on resource: arn:aws:logs:us-east-1:111122223333:log-group:/aws-dynamodb/imports:*";

  private final ImportWorld world = new ImportWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void makesATableOfAllFilesAndGivesItItsSettings() throws InterruptedException {
    world.put("in/1.json", lines(3));
    world.put("in/2.json", "{\"Item\":{\"pk\":{\"S\":\"other\"}}}\n");
    world.put("inside.json", "not to be read");
    world.aws.stub.doneAfterLooks(3);

    ImportResult result = world.run(withSettings(4));

    assertThat(result.complete()).isTrue();
    assertThat(result.info().counts().orElseThrow().importedItems()).isEqualTo(4);
    assertThat(world.keysOf(TABLE)).containsExactly("order#0", "order#1", "order#2", "other");
    assertThat(result.settings())
        .extracting(SettingOutcome::setting)
        .containsExactly(Setting.TAGS, Setting.TABLE_CLASS, Setting.DELETION_PROTECTION);
    var table = world.aws.client.describeTable(b -> b.tableName(TABLE)).table();
    assertThat(table.deletionProtectionEnabled()).isTrue();
    assertThat(table.tableClassSummary().tableClassAsString())
        .isEqualTo("STANDARD_INFREQUENT_ACCESS");
    assertThat(world.aws.waits).isNotEmpty();
  }

  private static ImportRequest withSettings(long items) {
    return new ImportRequest(
        files("in/"), ImportWorld.table(), OptionalLong.of(items), ImportRequest.Beginning.NEW);
  }

  @Test
  void tellsAwsOfNothingThatItDoesNotTake() throws InterruptedException {
    world.put("in/1.json", lines(1));

    world.run(withSettings(1));

    ObjectNode sent = world.aws.stub.requests("ImportTable").get(0);
    assertThat(sent.path("S3BucketSource").toString())
        .isEqualTo("{\"S3Bucket\":\"acme-files\",\"S3KeyPrefix\":\"in/\"}");
    assertThat(sent.path("InputFormat").asText()).isEqualTo("DYNAMODB_JSON");
    assertThat(sent.path("InputCompressionType").asText()).isEqualTo("NONE");
    assertThat(sent.has("InputFormatOptions")).isFalse();
    assertThat(sent.path("TableCreationParameters").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("TableName", "AttributeDefinitions", "KeySchema", "BillingMode");
  }

  @Test
  void anAnswerThatIsLostBeginsNoSecondImport() throws InterruptedException {
    world.put("in/1.json", lines(2));
    world.aws.stub.doneAfterLooks(2);
    world.aws.stub.loseNextAnswers("ImportTable", 1);
    ImportRequest request = request(files("in/"));

    assertThat(failure(() -> world.run(request)).code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    ImportResult result = world.run(request);

    assertThat(result.complete()).isTrue();
    assertThat(world.imports().list()).hasSize(1);
    assertThat(world.aws.stub.requests("ImportTable"))
        .hasSize(2)
        .extracting(sent -> sent.path("ClientToken").asText())
        .containsOnly(ClientToken.of(request));
  }

  /** As moto does. */
  @Test
  void aServerThatDoesNotSayWhatItImportsMayImport() throws InterruptedException {
    world.put("in/1.json", lines(2));
    world.aws.stub.leaveOut("S3BucketSource");

    assertThat(world.run(request(files("in/"))).complete()).isTrue();
  }

  @Test
  void whatIsImportedOnceMoreAfterItsTableWasDeletedIsImported() throws InterruptedException {
    world.put("in/1.json", lines(2));
    ImportRequest request = request(files("in/"));

    for (int time = 1; time <= 3; time++) {
      ImportResult result = world.run(request);

      assertThat(result.complete()).isTrue();
      assertThat(world.keysOf(TABLE)).hasSize(2);
      assertThat(world.imports().list()).hasSize(time);
      world.aws.client.deleteTable(b -> b.tableName(TABLE));
    }
  }

  @Test
  void otherFilesOrAnotherTableAreAnotherRequest() {
    String token = ClientToken.of(request(files("in/")));

    assertThat(ClientToken.of(request(files("in/")))).isEqualTo(token);
    assertThat(ClientToken.of(request(files("in2/")))).isNotEqualTo(token);
    assertThat(ClientToken.of(request(files("other-bucket", "in/")))).isNotEqualTo(token);
  }

  @Test
  void namesTheLinesThatAwsHasNotTakenAndLeavesTheSettings() throws InterruptedException {
    world.put("in/1.json", lines(2) + "{\"Item\":{\"sk\":{\"S\":\"no key\"}}}\n" + lines(1));
    world.put("in/2.json", "{\"Item\":{\"pk\":{\"N\":\"1\"}}}\n");

    ImportResult result =
        world.run(
            new ImportRequest(
                files("in/"),
                ImportWorld.table(),
                OptionalLong.empty(),
                ImportRequest.Beginning.NEW));

    assertThat(result.complete()).isFalse();
    assertThat(result.whole()).isFalse();
    assertThat(result.settings()).isEmpty();
    assertThat(result.info().failure().orElseThrow().code()).isEqualTo("ItemValidationError");
    assertThat(result.info().counts().orElseThrow().errors()).isEqualTo(2);
    assertThat(result.info().logGroup()).contains("/aws-dynamodb/imports");
    assertThat(result.errors().lines())
        .containsExactly(
            new ErrorLog.Line(
                "s3://acme-files/in/1.json, item 2",
                "One or more parameter values were invalid: Missing the key pk in the item"),
            new ErrorLog.Line(
                "s3://acme-files/in/2.json, item 0",
                "One or more parameter values were invalid: Type mismatch for key pk"));
    assertThat(world.keysOf(TABLE)).containsExactly("order#0", "order#1");
  }

  @Test
  void aLogThatCannotBeReadIsToldAndNothingElse() throws InterruptedException {
    world.put("in/1.json", "{\"Item\":{\"sk\":{\"S\":\"no key\"}}}\n");
    world.aws.stub.failNext("FilterLogEvents", AwsError.of("AccessDeniedException", DENIED), 1);

    ImportResult result = world.run(request(files("in/")));

    assertThat(result.errors().lines()).isEmpty();
    assertThat(result.errors().unreadable().orElseThrow())
        .contains("grant logs:FilterLogEvents on arn:aws:logs");
    assertThat(result.info().counts().orElseThrow().errors()).isEqualTo(1);
  }

  @Test
  void aBucketThatAwsDoesNotFindIsAnErrorAndMakesNoTable() {
    DynavaultException failure = failure(() -> world.run(request(files("no-bucket", "in/"))));

    assertThat(failure.code()).isEqualTo(ErrorCode.OBJECT_NOT_FOUND);
    assertThat(failure)
        .hasMessageStartingWith("unable to import table 'OrdersCopy': S3NoSuchBucket");
    assertThat(failure.hint()).isEqualTo("check the name of bucket 'no-bucket'");
  }

  @Test
  void aTableThatSomebodyElseHasMadeMeanwhileIsNotTakenForOurs() throws InterruptedException {
    world.put("in/1.json", lines(2));
    ImportRequest request = request(files("in/"));
    world.imports().start(request);
    world.aws.declare(TABLE);

    DynavaultException failure = failure(() -> world.run(resumed(request)));

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_EXISTS);
    assertThat(failure.hint()).contains("dynavault imports list");
  }

  @Test
  void fewerItemsThanTheManifestHasAreDamage() {
    world.put("in/1.json", lines(2));

    DynavaultException failure = failure(() -> world.run(withSettings(3)));

    assertThat(failure.code()).isEqualTo(ErrorCode.DAMAGED);
    assertThat(failure)
        .hasMessageContaining("imported 2 items of 's3://acme-files/in/', its manifest has 3");
  }

  @Test
  void aStopLeavesItToAwsAndARunThatResumesDoesTheRest() throws InterruptedException {
    world.put("in/1.json", lines(2));
    world.aws.stub.doneAfterLooks(3);
    world.aws.stop.request();
    ImportRequest request = withSettings(2);
    ImportRun stopped = world.newRun();

    DynavaultException failure = failure(() -> stopped.run(world.plan(request)));

    ImportInfo begun = world.imports().list().get(0);
    assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(failure.hint())
        .startsWith(
            "AWS goes on; see how far it is with: dynavault imports describe " + begun.arn())
        .endsWith("with --resume");
    assertThat(stopped.hasBegun()).isTrue();
    ImportRun resumed =
        new ImportRun(
            world.aws.tables,
            world.aws.calls(),
            new ErrorLogReader(world.aws.clients::logs, world.aws.calls()),
            Duration.ofHours(1),
            new RunContext(
                world.aws.timing,
                world.aws.context().ticker(),
                new Progress(TABLE),
                new StopSignal()));

    ImportResult result = resumed.run(world.plan(resumed(request)));

    assertThat(result.complete()).isTrue();
    assertThat(result.settings()).hasSize(3);
    assertThat(world.aws.stub.requests("ImportTable")).hasSize(1);
  }

  @Test
  void endsTheWaitAtItsLimit() {
    world.put("in/1.json", lines(1));
    world.aws.stub.doneAfterLooks(100_000);

    DynavaultException failure =
        failure(() -> world.newRun(Duration.ofMinutes(30)).run(world.plan(request(files("in/")))));

    assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(failure.hint()).startsWith("AWS goes on");
    assertThat(world.aws.waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
  }

  @Test
  void looksAgainWhereAwsDoesNotAnswerForAWhile() throws InterruptedException {
    world.put("in/1.json", lines(1));
    world.aws.stub.failNext("DescribeImport", AwsError.internal(), 3);
    world.aws.stub.throttleNext("ImportTable", 2);

    assertThat(world.run(request(files("in/"))).complete()).isTrue();
    assertThat(world.imports().list()).hasSize(1);
  }

  @Test
  void anImportThatIsNotKnownYetIsLookedForAgainButNotForever() throws InterruptedException {
    world.put("in/1.json", lines(1));
    AwsError unknown = AwsError.of("ImportNotFoundException", "Import not found");
    world.aws.stub.failNext("DescribeImport", unknown, 2);
    assertThat(world.run(request(files("in/"))).complete()).isTrue();

    world.aws.client.deleteTable(b -> b.tableName(TABLE));
    world.aws.stub.failNext("DescribeImport", unknown, 1_000);
    DynavaultException failure = failure(() -> world.run(request(files("in/"))));

    assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
  }

  @Test
  void readsCsvWithItsOwnDelimiterAndHeader() throws InterruptedException {
    world.put("in/1.csv", "a;1\nb;\n");
    ImportFiles csv =
        new ImportFiles(
            ImportWorld.BUCKET,
            "in/",
            Optional.of("111122223333"),
            ImportFormat.CSV,
            Compression.NONE,
            new CsvColumns(Optional.of(';'), List.of("pk", "total")),
            1,
            8);

    ImportResult result = world.run(request(csv));

    assertThat(world.keysOf(TABLE)).containsExactly("a", "b");
    ObjectNode sent = world.aws.stub.requests("ImportTable").get(0);
    assertThat(sent.path("InputFormatOptions").toString())
        .isEqualTo("{\"Csv\":{\"Delimiter\":\";\",\"HeaderList\":[\"pk\",\"total\"]}}");
    assertThat(sent.path("S3BucketSource").path("S3BucketOwner").asText())
        .isEqualTo("111122223333");
    assertThat(result.notes())
        .contains("columns of keys have the keys' types, all others become text");
  }

  /** Something that may be interrupted. */
  interface Work {
    void run() throws InterruptedException;
  }

  static DynavaultException failure(Work work) {
    return catchThrowableOfType(DynavaultException.class, work::run);
  }
}
