// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.transport.SdkClients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.dynamodb.model.ExportSummary;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.ExportType;
import software.amazon.awssdk.services.dynamodb.model.IncrementalExportSpecification;
import software.amazon.awssdk.services.dynamodb.model.ListExportsResponse;

class ExportAreaTest {
  private static final String ARN = "arn:aws:dynamodb:us-east-1:111122223333:table/Orders";

  private final AwsStub stub = AwsStub.start();
  private final DynamoDbClient client = SdkClients.dynamoDb(stub.endpoint());
  private final MemoryStore bucket = MemoryStore.isolated(stub.clock());

  @BeforeEach
  void declareATable() {
    client.createTable(StubRequests.orders());
    stub.bucket("acme", bucket);
    client.updateContinuousBackups(
        r ->
            r.tableName("Orders")
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    stub.clock().advance(Duration.ofDays(2));
  }

  @AfterEach
  void close() {
    client.close();
    stub.close();
  }

  @Test
  void writesTheFilesThatAwsWrites() {
    ExportDescription started = start(r -> r.s3Prefix("a/b"));

    assertThat(started.exportStatus()).isEqualTo(ExportStatus.IN_PROGRESS);
    assertThat(started.exportTime()).isEqualTo(started.startTime());
    assertThat(started.exportType()).as("echoed only where it was asked for").isNull();
    String folder = "a/b/AWSDynamoDB/" + id(started);
    assertThat(keys()).containsExactly(folder + "/_started");

    ExportDescription done = describe(started);
    assertThat(done.exportStatus()).isEqualTo(ExportStatus.COMPLETED);
    assertThat(done.exportManifest()).isEqualTo(folder + "/manifest-summary.json");
    assertThat(keys())
        .contains(
            folder + "/manifest-files.json",
            folder + "/manifest-files.md5",
            folder + "/manifest-summary.json",
            folder + "/manifest-summary.md5")
        .filteredOn(key -> key.startsWith(folder + "/data/"))
        .hasSize(3);
  }

  @Test
  void anIncrementalExportSharesItsDataFolder() {
    ExportDescription started =
        start(r -> incremental(r, minutesAgo(30), minutesAgo(10)).s3Prefix("a"));

    assertThat(id(started).substring(0, 14)).as("whole seconds").endsWith("000");
    assertThat(started.exportTime()).isNull();
    describe(started);
    assertThat(keys()).filteredOn(key -> key.startsWith("a/AWSDynamoDB/data/")).hasSize(3);
  }

  @Test
  void aTokenStartsOneExport() {
    ExportDescription first = start(r -> r.clientToken("t"));

    assertThat(start(r -> r.clientToken("t")).exportArn()).isEqualTo(first.exportArn());
    assertThat(
            refused("ExportConflictException", () -> start(r -> r.clientToken("t").s3Prefix("x"))))
        .isEqualTo("Export conflict: Duplicate request detected with conflicting parameters");
    stub.clock().advance(Duration.ofHours(9));
    assertThat(start(r -> r.clientToken("t")).exportArn()).isNotEqualTo(first.exportArn());
  }

  @Test
  void listsNewestFirstPageByPage() {
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      started.add(0, start(r -> {}).exportArn());
      stub.clock().advance(Duration.ofSeconds(1));
    }

    ListExportsResponse first = client.listExports(r -> r.tableArn(ARN).maxResults(2));
    ListExportsResponse second =
        client.listExports(r -> r.tableArn(ARN).maxResults(25).nextToken(first.nextToken()));

    assertThat(first.exportSummaries())
        .extracting(ExportSummary::exportArn)
        .isEqualTo(started.subList(0, 2));
    assertThat(second.exportSummaries())
        .extracting(ExportSummary::exportArn)
        .isEqualTo(started.subList(2, 5));
    assertThat(second.nextToken()).isNull();
    assertThat(
            refused("ValidationException", () -> client.listExports(r -> r.nextToken("foreign"))))
        .isEqualTo("Invalid Request: Provided nextToken is invalid: foreign");
  }

  @Test
  void aTableThatWasMadeAgainHasNoExports() {
    String arn = start(r -> {}).exportArn();
    client.deleteTable(r -> r.tableName("Orders"));
    client.createTable(StubRequests.orders());

    assertThat(client.listExports(r -> r.tableArn(ARN)).exportSummaries()).isEmpty();
    assertThat(client.describeExport(r -> r.exportArn(arn)).exportDescription().exportArn())
        .isEqualTo(arn);
  }

  @Test
  void aMissingBucketFailsLater() {
    ExportDescription failed = describe(start(r -> r.s3Bucket("nobodys")));

    assertThat(failed.exportStatus()).isEqualTo(ExportStatus.FAILED);
    assertThat(failed.failureCode()).isEqualTo("S3NoSuchBucket");
    assertThat(failed.failureMessage()).startsWith("The specified bucket does not exist");
  }

  @Test
  void refusesTimesAsAwsDoes() {
    Instant now = stub.clock().instant();
    assertThat(time(r -> r.exportTime(now.plusSeconds(60)))).isEqualTo("Export Time is invalid");
    assertThat(time(r -> r.exportTime(AwsStub.START.minusSeconds(60))))
        .isEqualTo("Export Time is invalid");
    assertThat(time(r -> incremental(r, minutesAgo(24), minutesAgo(10))))
        .endsWith("is less than 15 minutes");
    assertThat(time(r -> incremental(r, minutesAgo(24 * 60 + 20), minutesAgo(10))))
        .endsWith("is more than 24 hours");
    assertThat(time(r -> incremental(r, minutesAgo(30), now.plusSeconds(60))))
        .startsWith("Incremental export period to time cannot be greater than the current time : ");
    assertThat(time(r -> incremental(r, AwsStub.START.minusSeconds(3600), minutesAgo(10))))
        .startsWith(
            "Incremental export period from time cannot be less than the table creation time : ");
  }

  @Test
  void refusesRequestsAsAwsDoes() {
    assertThat(invalid(r -> r.tableArn("Orders")))
        .isEqualTo("One or more parameter values were invalid: tableArn is not a valid ARN");
    assertThat(invalid(r -> r.tableArn(ARN + "/index/x")))
        .isEqualTo("Invalid Request: Table ARN is invalid.");
    assertThat(invalid(r -> r.s3SseKmsKeyId("alias/x")))
        .isEqualTo("Invalid Request: KMS Key Id is not supported for this encryption type");
    assertThat(invalid(r -> r.exportType(ExportType.INCREMENTAL_EXPORT)))
        .isEqualTo(
            "Invalid Request: Incremental Export Specification expected when export type is set as"
                + " Incremental Export");
    assertThat(
            invalid(
                r ->
                    incremental(r, minutesAgo(30), minutesAgo(10))
                        .exportType(ExportType.FULL_EXPORT)))
        .isEqualTo(
            "Invalid Request: When Export Type is Full Export , Incremental Export Specification"
                + " should not be provided");
    assertThat(invalid(r -> r.exportFormat("CSV")))
        .startsWith("1 validation error detected: Value 'CSV' at 'exportFormat' failed");
    assertThat(
            refused(
                "TableNotFoundException",
                () -> start(r -> r.tableArn(ARN.replace("Orders", "Missing")))))
        .isEqualTo("Table not found: " + ARN.replace("Orders", "Missing"));
    assertThat(
            refused(
                "AccessDeniedException",
                () -> start(r -> r.tableArn(ARN.replace("111122223333", "999988887777")))))
        .isEqualTo("Access is denied");
  }

  @Test
  void asksForRecoveryBeforeAnythingAboutTheBucket() {
    client.updateContinuousBackups(
        r ->
            r.tableName("Orders")
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(false)));

    assertThat(
            refused(
                "PointInTimeRecoveryUnavailableException", () -> start(r -> r.s3Bucket("nobodys"))))
        .isEqualTo("Point in time recovery is not enabled for table 'Orders'");
  }

  @Test
  void describesOnlyWhatThereIs() {
    String unknown = ARN + "/export/01767323045678-0a1b2c3d";
    assertThat(
            refused(
                "ExportNotFoundException", () -> client.describeExport(r -> r.exportArn(unknown))))
        .isEqualTo("Export not found: Export not found: " + unknown);
    assertThat(refused("ValidationException", () -> client.describeExport(r -> r.exportArn(ARN))))
        .isEqualTo("Invalid Export ARN");
  }

  private ExportDescription start(Consumer<ExportTableToPointInTimeRequest.Builder> more) {
    ExportTableToPointInTimeRequest.Builder request =
        ExportTableToPointInTimeRequest.builder().tableArn(ARN).s3Bucket("acme");
    more.accept(request);
    return client.exportTableToPointInTime(request.build()).exportDescription();
  }

  private static ExportTableToPointInTimeRequest.Builder incremental(
      ExportTableToPointInTimeRequest.Builder request, Instant from, Instant to) {
    return request
        .exportType(ExportType.INCREMENTAL_EXPORT)
        .incrementalExportSpecification(
            IncrementalExportSpecification.builder().exportFromTime(from).exportToTime(to).build());
  }

  private Instant minutesAgo(int minutes) {
    return stub.clock().instant().minus(Duration.ofMinutes(minutes));
  }

  private ExportDescription describe(ExportDescription export) {
    return client.describeExport(r -> r.exportArn(export.exportArn())).exportDescription();
  }

  private static String id(ExportDescription export) {
    return export.exportArn().substring(export.exportArn().lastIndexOf('/') + 1);
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    bucket.list("", info -> keys.add(info.key()));
    return keys;
  }

  private String time(Consumer<ExportTableToPointInTimeRequest.Builder> more) {
    return refused("InvalidExportTimeException", () -> start(more));
  }

  private String invalid(Consumer<ExportTableToPointInTimeRequest.Builder> more) {
    return refused("ValidationException", () -> start(more));
  }

  private static String refused(String code, ThrowingCallable call) {
    DynamoDbException refused = catchThrowableOfType(DynamoDbException.class, call);
    assertThat(refused).as("%s", code).isNotNull();
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
    return refused.awsErrorDetails().errorMessage();
  }
}
