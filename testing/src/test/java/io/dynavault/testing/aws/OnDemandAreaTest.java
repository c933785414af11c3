// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.transport.SdkClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BackupDescription;
import software.amazon.awssdk.services.dynamodb.model.BackupDetails;
import software.amazon.awssdk.services.dynamodb.model.BackupStatus;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

class OnDemandAreaTest {
  private static final String ORDERS =
      """
      {"TableName":"Orders","BillingMode":"PAY_PER_REQUEST","DeletionProtectionEnabled":false,
       "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
       "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},
                               {"AttributeName":"status","AttributeType":"S"}],
       "GlobalSecondaryIndexes":[{"IndexName":"byStatus",
         "KeySchema":[{"AttributeName":"status","KeyType":"HASH"}],
         "Projection":{"ProjectionType":"ALL"}}],
       "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"}}
      """;

  private final AwsStub stub = AwsStub.start();
  private final DynamoDbClient client = SdkClients.dynamoDb(stub.endpoint());

  @BeforeEach
  void declareATable() {
    stub.declareTable(ORDERS, "{\"pk\":{\"S\":\"a\"}}", "{\"pk\":{\"S\":\"b\"}}");
  }

  @AfterEach
  void close() {
    client.close();
    stub.close();
  }

  @Test
  void createsABackupThatBecomesAvailableAfterSomeLooks() {
    stub.doneAfterLooks(1);

    BackupDetails created = create("nightly");

    assertThat(created.backupStatus()).isEqualTo(BackupStatus.CREATING);
    assertThat(created.backupCreationDateTime()).isEqualTo(AwsStub.START);
    assertThat(created.backupArn())
        .matches(
            "arn:aws:dynamodb:us-east-1:111122223333:table/Orders/backup/01767323045678-[0-9a-f]{8}");
    assertThat(describe(created).backupDetails().backupStatus()).isEqualTo(BackupStatus.CREATING);
    assertThat(describe(created).backupDetails().backupStatus()).isEqualTo(BackupStatus.AVAILABLE);
  }

  @Test
  void tellsKeysIndexesStreamAndTimeToLiveOfTheSource() {
    client.updateTimeToLive(
        r ->
            r.tableName("Orders").timeToLiveSpecification(t -> t.enabled(true).attributeName("x")));

    BackupDescription described = describe(create("nightly"));

    assertThat(described.sourceTableDetails())
        .satisfies(
            source -> {
              assertThat(source.tableName()).isEqualTo("Orders");
              assertThat(source.billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
              assertThat(source.provisionedThroughput().readCapacityUnits()).isZero();
              assertThat(source.itemCount()).isEqualTo(2);
            });
    assertThat(described.sourceTableFeatureDetails())
        .satisfies(
            features -> {
              assertThat(features.globalSecondaryIndexes())
                  .extracting(index -> index.indexName())
                  .containsExactly("byStatus");
              assertThat(features.streamDescription().streamViewTypeAsString())
                  .isEqualTo("NEW_IMAGE");
              assertThat(features.timeToLiveDescription().attributeName()).isEqualTo("x");
            });
  }

  @Test
  void listsByTableTimeAndPage() {
    List<String> arns =
        IntStream.range(0, 5)
            .mapToObj(
                i -> {
                  stub.clock().advance(Duration.ofMinutes(1));
                  return create("backup-" + i).backupArn();
                })
            .toList();
    stub.pageSize(2);

    assertThat(pages()).containsExactly(arns.subList(0, 2), arns.subList(2, 4), arns.subList(4, 5));
    assertThat(
            client
                .listBackups(
                    r ->
                        r.timeRangeLowerBound(AwsStub.START.plus(Duration.ofMinutes(2)))
                            .timeRangeUpperBound(AwsStub.START.plus(Duration.ofMinutes(4))))
                .backupSummaries())
        .as("lower bound inclusive, upper bound exclusive")
        .extracting(BackupSummary::backupName)
        .containsExactly("backup-1", "backup-2");
    assertThat(client.listBackups(r -> r.tableName("Nobody")).backupSummaries()).isEmpty();
    assertThat(client.listBackups(r -> r.backupType("SYSTEM")).backupSummaries()).isEmpty();
  }

  @Test
  void listsOnBehindACursorWhoseBackupIsGone() {
    BackupDetails first = create("first");
    BackupDetails second = create("second");
    client.deleteBackup(r -> r.backupArn(first.backupArn()));

    assertThat(
            client.listBackups(r -> r.exclusiveStartBackupArn(first.backupArn())).backupSummaries())
        .extracting(BackupSummary::backupArn)
        .containsExactly(second.backupArn());
  }

  @Test
  void restoresKeysIndexesAndItemsButNoOtherSetting() {
    BackupDetails backup = create("nightly");
    stub.doneAfterLooks(1);

    TableDescription begun =
        client
            .restoreTableFromBackup(r -> r.targetTableName("Orders2").backupArn(backup.backupArn()))
            .tableDescription();

    assertThat(begun.tableStatus()).isEqualTo(TableStatus.CREATING);
    assertThat(begun.restoreSummary().restoreInProgress()).isTrue();
    assertThat(begun.restoreSummary().sourceBackupArn()).isEqualTo(backup.backupArn());
    TableDescription underWay = table("Orders2");
    assertThat(underWay.tableStatus()).isEqualTo(TableStatus.CREATING);
    assertThat(underWay.globalSecondaryIndexes().get(0).indexStatus()).isNull();
    TableDescription done = table("Orders2");
    assertThat(done.tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(done.restoreSummary()).isNull();
    assertThat(done.streamSpecification()).isNull();
    assertThat(done.globalSecondaryIndexes().get(0).indexStatus()).isEqualTo(IndexStatus.ACTIVE);
    assertThat(client.scan(r -> r.tableName("Orders2")).count()).isEqualTo(2);
  }

  @Test
  void hidesATableThatIsBeingRestored() {
    BackupDetails backup = create("nightly");
    stub.doneAfterLooks(1);
    restore(backup, "Orders2");

    assertRefused(
        "ResourceNotFoundException", () -> client.describeTimeToLive(r -> r.tableName("Orders2")));
    assertRefused(
        "TableNotFoundException",
        () -> client.createBackup(r -> r.tableName("Orders2").backupName("new")));
    assertRefused("ResourceInUseException", () -> client.deleteTable(r -> r.tableName("Orders2")));
    assertRefused("TableInUseException", () -> restore(backup, "Orders2"));
    assertRefused("BackupInUseException", () -> restore(backup, "Orders3"));
    assertRefused(
        "BackupInUseException", () -> client.deleteBackup(r -> r.backupArn(backup.backupArn())));
    table("Orders2");
    assertRefused("TableAlreadyExistsException", () -> restore(backup, "Orders2"));
    restore(backup, "Orders3");
  }

  @Test
  void checksOverridesAgainstTheSource() {
    BackupDetails backup = create("nightly");

    assertThat(
            assertRefused(
                "ValidationException",
                () ->
                    client.restoreTableFromBackup(
                        r ->
                            r.targetTableName("Orders2")
                                .backupArn(backup.backupArn())
                                .billingModeOverride(BillingMode.PROVISIONED))))
        .isEqualTo(
            "Invalid Request: Must override ProvisionedThroughput if BillingMode is overridden to"
                + " PROVISIONED");
    assertThat(
            assertRefused(
                "ValidationException",
                () ->
                    client.restoreTableFromBackup(
                        r ->
                            r.targetTableName("Orders2")
                                .backupArn(backup.backupArn())
                                .provisionedThroughputOverride(
                                    t -> t.readCapacityUnits(1L).writeCapacityUnits(1L)))))
        .isEqualTo(
            "Invalid Request: Cannot override ProvisionedThroughput unless BillingMode is"
                + " PROVISIONED");
    client.restoreTableFromBackup(
        r ->
            r.targetTableName("Orders2")
                .backupArn(backup.backupArn())
                .billingModeOverride(BillingMode.PROVISIONED)
                .provisionedThroughputOverride(t -> t.readCapacityUnits(7L).writeCapacityUnits(8L))
                .globalSecondaryIndexOverride(List.of()));
    assertThat(table("Orders2").provisionedThroughput().writeCapacityUnits()).isEqualTo(8);
    assertThat(table("Orders2").hasGlobalSecondaryIndexes()).isFalse();
  }

  @Test
  void restoresIntoAnotherRegionOnlyWithAKey() {
    BackupDetails backup = create("nightly");
    try (DynamoDbClient other = SdkClients.dynamoDb(stub.endpoint("eu-west-1"))) {
      assertThat(
              assertRefused(
                  "ValidationException",
                  () ->
                      other.restoreTableFromBackup(
                          r -> r.targetTableName("Orders2").backupArn(backup.backupArn()))))
          .endsWith("sseSpecificationOverride must be provided for cross-region restores");
      assertThat(
              other
                  .restoreTableFromBackup(
                      r ->
                          r.targetTableName("Orders2")
                              .backupArn(backup.backupArn())
                              .sseSpecificationOverride(s -> s.enabled(false)))
                  .tableDescription()
                  .tableArn())
          .startsWith("arn:aws:dynamodb:eu-west-1:");
    }
  }

  @Test
  void refusesWhatAwsRefuses() {
    assertThat(
            assertRefused(
                "TableNotFoundException",
                () -> client.createBackup(r -> r.tableName("Other").backupName("nightly"))))
        .isEqualTo("Table not found: Other");
    assertThat(assertRefused("ValidationException", () -> create("a b")))
        .isEqualTo(
            "1 validation error detected: Value 'a b' at 'backupName' failed to satisfy"
                + " constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    String unknown =
        "arn:aws:dynamodb:us-east-1:111122223333:table/Orders/backup/01767340800511-3d4e5f60";
    assertThat(
            assertRefused(
                "BackupNotFoundException", () -> client.describeBackup(r -> r.backupArn(unknown))))
        .isEqualTo("Backup not found: " + unknown);
    assertThat(
            assertRefused(
                "ValidationException",
                () -> client.deleteBackup(r -> r.backupArn(unknown.replaceAll("/backup.*", "")))))
        .isEqualTo("Invalid Backup ARN");
    assertRefused(
        "AccessDeniedException",
        () -> client.deleteBackup(r -> r.backupArn(unknown.replace("1111", "9999"))));
    assertRefused("ValidationException", () -> client.listBackups(r -> r.limit(101)));
  }

  /** The ARNs of every page of ListBackups. */
  private List<List<String>> pages() {
    List<List<String>> pages = new ArrayList<>();
    String cursor = null;
    do {
      String after = cursor;
      ListBackupsResponse page =
          client.listBackups(r -> r.tableName("Orders").exclusiveStartBackupArn(after));
      pages.add(page.backupSummaries().stream().map(BackupSummary::backupArn).toList());
      cursor = page.lastEvaluatedBackupArn();
    } while (cursor != null);
    return pages;
  }

  private BackupDetails create(String name) {
    return client.createBackup(r -> r.tableName("Orders").backupName(name)).backupDetails();
  }

  private BackupDescription describe(BackupDetails backup) {
    return client.describeBackup(r -> r.backupArn(backup.backupArn())).backupDescription();
  }

  private void restore(BackupDetails backup, String target) {
    client.restoreTableFromBackup(r -> r.targetTableName(target).backupArn(backup.backupArn()));
  }

  private TableDescription table(String name) {
    return client.describeTable(r -> r.tableName(name)).table();
  }

  /** The message of the error that a call meets. */
  private static String assertRefused(String code, ThrowingCallable call) {
    DynamoDbException failure = catchThrowableOfType(DynamoDbException.class, call);
    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
    return failure.awsErrorDetails().errorMessage();
  }
}
