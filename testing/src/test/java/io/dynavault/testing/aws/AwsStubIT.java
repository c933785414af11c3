// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.transport.SdkClients;
import io.dynavault.testing.TestingServers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** The stub in front of DynamoDB Local. */
class AwsStubIT {
  private static final AwsStub STUB = AwsStub.inFrontOf(TestingServers.dynamoDb().endpoint());
  private static final DynamoDbClient CLIENT = SdkClients.dynamoDb(STUB.endpoint());

  private final String table = TestingServers.newTableName("stub");
  private final String target = TestingServers.newTableName("stub-restored");

  @AfterAll
  static void close() {
    CLIENT.close();
    STUB.close();
  }

  @BeforeEach
  void createATable() {
    CLIENT.createTable(StubRequests.orders().toBuilder().tableName(table).build());
    IntStream.range(0, 30).forEach(i -> put("item-" + i));
  }

  @Test
  void forwardsWhatItDoesNotAnswerItself() {
    assertThat(TestingServers.dynamoDbClient().scan(r -> r.tableName(table)).count()).isEqualTo(30);
    assertThat(CLIENT.scan(r -> r.tableName(table)).items())
        .containsExactlyInAnyOrderElementsOf(
            TestingServers.dynamoDbClient().scan(r -> r.tableName(table)).items());
  }

  @Test
  void restoresTheItemsOfABackup() {
    String arn =
        CLIENT
            .createBackup(r -> r.tableName(table).backupName("nightly"))
            .backupDetails()
            .backupArn();
    put("later");
    STUB.doneAfterLooks(1);

    CLIENT.restoreTableFromBackup(r -> r.targetTableName(target).backupArn(arn));

    assertThat(status()).isEqualTo(TableStatus.CREATING);
    assertThat(status()).isEqualTo(TableStatus.ACTIVE);
    assertThat(CLIENT.scan(r -> r.tableName(target)).items())
        .hasSize(30)
        .doesNotContain(item("later"));
    STUB.doneAfterLooks(0);
  }

  @Test
  void restoresTheTableOfATime() {
    CLIENT.updateContinuousBackups(
        r ->
            r.tableName(table)
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    STUB.clock().advance(Duration.ofMinutes(10));
    STUB.snapshotForPitr(table, STUB.clock().instant());
    put("later");
    STUB.clock().advance(Duration.ofMinutes(10));

    CLIENT.restoreTableToPointInTime(
        r ->
            r.sourceTableName(table)
                .targetTableName(target)
                .restoreDateTime(STUB.clock().instant().minus(Duration.ofMinutes(6))));

    assertThat(CLIENT.scan(r -> r.tableName(target)).items())
        .hasSize(30)
        .doesNotContain(item("later"));
  }

  private TableStatus status() {
    return CLIENT.describeTable(r -> r.tableName(target)).table().tableStatus();
  }

  private void put(String key) {
    CLIENT.putItem(r -> r.tableName(table).item(item(key)));
  }

  private static Map<String, AttributeValue> item(String key) {
    return Map.of("pk", AttributeValue.fromS(key));
  }
}
