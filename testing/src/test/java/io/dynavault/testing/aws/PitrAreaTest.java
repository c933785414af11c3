// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.transport.SdkClients;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.BackupTypeFilter;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

class PitrAreaTest {
  /** The stub's clock in whole seconds, as windows are. */
  private static final Instant ENABLED = Instant.parse("2026-01-02T03:04:05Z");

  private static final String ORDERS =
      """
      {"TableName":"Orders","BillingMode":"PAY_PER_REQUEST",
       "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
       "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}
      """;

  private final AwsStub stub = AwsStub.start();
  private final DynamoDbClient client = SdkClients.dynamoDb(stub.endpoint());

  @BeforeEach
  void declareATable() {
    stub.declareTable(ORDERS, "{\"pk\":{\"S\":\"a\"}}");
  }

  @AfterEach
  void close() {
    client.close();
    stub.close();
  }

  @Test
  void isOffAtFirst() {
    assertThat(status().pointInTimeRecoveryStatus()).isEqualTo(PointInTimeRecoveryStatus.DISABLED);
    assertThat(status().earliestRestorableDateTime()).isNull();
    assertThat(refused("PointInTimeRecoveryUnavailableException", () -> restoreLatest("Orders2")))
        .isEqualTo("Point in time recovery is not enabled for table 'Orders'");
  }

  @Test
  void hasAWindowThatGrowsAndMoves() {
    enable(null);
    assertWindow(ENABLED, ENABLED);

    stub.clock().advance(Duration.ofHours(1));
    assertWindow(ENABLED, ENABLED.plus(Duration.ofMinutes(55)));

    stub.clock().advance(Duration.ofDays(40));
    assertThat(status().recoveryPeriodInDays()).isEqualTo(35);
    assertThat(status().earliestRestorableDateTime())
        .isEqualTo(ENABLED.plus(Duration.ofDays(5)).plus(Duration.ofHours(1)));
  }

  @Test
  void forgetsAtOnceWhenThePeriodIsShortenedAndGrowsSlowlyWhenItIsLengthened() {
    enable(35);
    stub.clock().advance(Duration.ofDays(20));
    Instant dayBefore = ENABLED.plus(Duration.ofDays(19));

    enable(1);
    assertThat(status().earliestRestorableDateTime()).isEqualTo(dayBefore);
    enable(35);
    assertThat(status().earliestRestorableDateTime()).isEqualTo(dayBefore);
  }

  @Test
  void startsAnewWhenItWasOff() {
    enable(10);
    stub.clock().advance(Duration.ofDays(2));
    client.updateContinuousBackups(
        r ->
            r.tableName("Orders")
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(false)));
    enable(null);

    Instant again = ENABLED.plus(Duration.ofDays(2));
    assertWindow(again, again);
    assertThat(status().recoveryPeriodInDays()).isEqualTo(35);
  }

  @Test
  void restoresWhatTheTableWasAtATime() {
    enable(null);
    stub.snapshotForPitr("Orders", ENABLED.plus(Duration.ofMinutes(10)));
    client.deleteTable(r -> r.tableName("Orders"));
    stub.declareTable(ORDERS, "{\"pk\":{\"S\":\"x\"}}", "{\"pk\":{\"S\":\"y\"}}");
    enable(null);
    stub.snapshotForPitr("Orders", ENABLED.plus(Duration.ofMinutes(20)));
    stub.clock().advance(Duration.ofHours(1));

    TableDescription begun =
        client
            .restoreTableToPointInTime(
                at(ENABLED.plus(Duration.ofMinutes(30))).targetTableName("Orders2").build())
            .tableDescription();

    assertThat(begun.restoreSummary().sourceBackupArn()).isNull();
    assertThat(begun.restoreSummary().restoreDateTime())
        .isEqualTo(ENABLED.plus(Duration.ofMinutes(30)));
    assertThat(client.scan(r -> r.tableName("Orders2")).count()).isEqualTo(2);
  }

  @Test
  void keepsABackupOfADeletedTable() {
    enable(null);

    client.deleteTable(r -> r.tableName("Orders"));

    assertThat(client.listBackups(r -> r.backupType(BackupTypeFilter.ALL)).backupSummaries())
        .as("it appears some seconds later")
        .isEmpty();
    stub.clock().advance(Duration.ofSeconds(10));
    BackupSummary kept =
        client.listBackups(r -> r.backupType(BackupTypeFilter.SYSTEM)).backupSummaries().get(0);
    assertThat(kept.backupName()).isEqualTo("Orders$DeletedTableBackup");
    assertThat(kept.backupArn()).endsWith("-00000000");
    assertThat(kept.backupExpiryDateTime())
        .isEqualTo(kept.backupCreationDateTime().plus(Duration.ofDays(35)));
    assertThat(
            refused(
                "ValidationException",
                () -> client.deleteBackup(r -> r.backupArn(kept.backupArn()))))
        .contains("User is not allowed to delete the system backup");
    client.restoreTableFromBackup(r -> r.targetTableName("Orders").backupArn(kept.backupArn()));
    assertThat(client.scan(r -> r.tableName("Orders")).count()).isEqualTo(1);
  }

  @Test
  void refusesWhatAwsRefuses() {
    assertThat(
            refused(
                "TableNotFoundException",
                () -> client.describeContinuousBackups(r -> r.tableName("Other"))))
        .isEqualTo("Table not found: Other");
    assertThat(refused("ValidationException", () -> enable(36)))
        .isEqualTo(
            "1 validation error detected: Value '36' at"
                + " 'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to satisfy"
                + " constraint: Member must have value less than or equal to 35");
    enable(null);
    assertThat(
            refused(
                "InvalidRestoreTimeException",
                () ->
                    client.restoreTableToPointInTime(
                        at(ENABLED.minusSeconds(1)).targetTableName("Orders2").build())))
        .isEqualTo(
            "RestoreDateTime '2026-01-02T03:04:04Z' must be within EarliestRestorableDateTime"
                + " '2026-01-02T03:04:05Z' and LatestRestorableDateTime '2026-01-02T03:04:05Z'");
    assertThat(
            refused(
                "ValidationException",
                () ->
                    client.restoreTableToPointInTime(
                        r -> r.sourceTableName("Orders").targetTableName("Orders2"))))
        .isEqualTo(
            "Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be"
                + " specified, but not both");
    assertThat(refused("TableAlreadyExistsException", () -> restoreLatest("Orders")))
        .isEqualTo("Table already exists: Orders");
  }

  private static RestoreTableToPointInTimeRequest.Builder at(Instant time) {
    return RestoreTableToPointInTimeRequest.builder()
        .sourceTableName("Orders")
        .restoreDateTime(time);
  }

  private void restoreLatest(String target) {
    client.restoreTableToPointInTime(
        r -> r.sourceTableName("Orders").targetTableName(target).useLatestRestorableTime(true));
  }

  private void enable(Integer days) {
    client.updateContinuousBackups(
        r ->
            r.tableName("Orders")
                .pointInTimeRecoverySpecification(
                    p -> p.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(days)));
  }

  private void assertWindow(Instant earliest, Instant latest) {
    assertThat(status().earliestRestorableDateTime()).isEqualTo(earliest);
    assertThat(status().latestRestorableDateTime()).isEqualTo(latest);
  }

  private PointInTimeRecoveryDescription status() {
    return client
        .describeContinuousBackups(r -> r.tableName("Orders"))
        .continuousBackupsDescription()
        .pointInTimeRecoveryDescription();
  }

  private static String refused(String code, ThrowingCallable call) {
    DynamoDbException failure = catchThrowableOfType(DynamoDbException.class, call);
    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
    return failure.awsErrorDetails().errorMessage();
  }
}
