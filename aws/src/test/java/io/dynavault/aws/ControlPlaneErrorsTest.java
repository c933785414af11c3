// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.testing.aws.AwsError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Every error of the operations that this module calls is a line with a code and a hint. */
@Tag("F16")
class ControlPlaneErrorsTest {
  private static final String ARN =
      "arn:aws:dynamodb:us-east-1:111122223333:table/Orders/backup/01767340800511-3d4e5f60";

  private final StubWorld world = new StubWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "CreateBackup, TableNotFoundException, TABLE_NOT_FOUND, check the table's name",
    "CreateBackup, TableInUseException, RESOURCE_IN_USE, wait until",
    "CreateBackup, LimitExceededException, LIMIT_EXCEEDED, quota",
    "CreateBackup, InternalServerError, SERVICE_UNAVAILABLE, run again later",
    "DescribeBackup, BackupNotFoundException, RECOVERY_POINT_NOT_FOUND, deleted or has expired",
    "DescribeBackup, ValidationException, REQUEST_REFUSED, message of the service",
    "ListBackups, AccessDeniedException, ACCESS_DENIED, grant dynamodb:ListBackups",
    "ListBackups, UnknownOperationException, UNSUPPORTED, does not offer",
    "DeleteBackup, BackupInUseException, RESOURCE_IN_USE, wait until that restore has ended",
    "DeleteBackup, BackupNotFoundException, RECOVERY_POINT_NOT_FOUND, deleted or has expired",
    "RestoreTableFromBackup, TableAlreadyExistsException, TABLE_EXISTS, --target-table",
    "RestoreTableFromBackup, BackupInUseException, RESOURCE_IN_USE, one restore at a time",
    "RestoreTableFromBackup, TableInUseException, RESOURCE_IN_USE, wait until",
    "RestoreTableFromBackup, LimitExceededException, LIMIT_EXCEEDED, wait until other operations",
    "DescribeContinuousBackups, TableNotFoundException, TABLE_NOT_FOUND, check the table's name",
    "UpdateContinuousBackups, ContinuousBackupsUnavailableException, RESOURCE_IN_USE, some seconds",
    "RestoreTableToPointInTime, PointInTimeRecoveryUnavailableException, PITR_OFF, switch on",
    "RestoreTableToPointInTime, InvalidRestoreTimeException, TIME_INVALID, inside the window",
    "RestoreTableToPointInTime, SourceTableNotFoundException, TABLE_NOT_FOUND, check",
    "RestoreTableToPointInTime, ExpiredTokenException, CREDENTIALS, sign in again"
  })
  void everyErrorHasACodeAndAHint(String operation, String error, ErrorCode code, String hint) {
    AwsError wire =
        error.equals("InternalServerError")
            ? AwsError.internal()
            : AwsError.of(error, "it was refused");
    world.stub.failNext(operation, wire, error.startsWith("ExpiredToken") ? 2 : 1);

    DynavaultException failure =
        catchThrowableOfType(
            DynavaultException.class,
            () -> {
              world.calls().call(operation, () -> call(world.client, operation));
            });

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.hint()).contains(hint);
    assertThat(failure).hasMessageContaining(operation);
    assertThat(failure.getMessage()).doesNotContain("\n");
  }

  private static Object call(DynamoDbClient client, String operation) {
    return switch (operation) {
      case "CreateBackup" -> client.createBackup(b -> b.tableName("Orders").backupName("abc"));
      case "DescribeBackup" -> client.describeBackup(b -> b.backupArn(ARN));
      case "ListBackups" -> client.listBackups();
      case "DeleteBackup" -> client.deleteBackup(b -> b.backupArn(ARN));
      case "RestoreTableFromBackup" ->
          client.restoreTableFromBackup(b -> b.targetTableName("Copy").backupArn(ARN));
      case "DescribeContinuousBackups" ->
          client.describeContinuousBackups(b -> b.tableName("Orders"));
      case "UpdateContinuousBackups" ->
          client.updateContinuousBackups(
              b ->
                  b.tableName("Orders")
                      .pointInTimeRecoverySpecification(s -> s.pointInTimeRecoveryEnabled(true)));
      case "RestoreTableToPointInTime" ->
          client.restoreTableToPointInTime(
              b ->
                  b.sourceTableName("Orders")
                      .targetTableName("Copy")
                      .useLatestRestorableTime(true));
      default -> throw new IllegalArgumentException(operation);
    };
  }
}
