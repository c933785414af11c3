// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.transport.SdkClients;
import io.dynavault.testing.TestingServers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Restores of what {@code BACKUP_METHOD=on-demand} has made. */
final class OnDemandRestoreIT {
  private final HandlerWorld world = HandlerWorld.inFrontOfDynamoDb();
  private final RestoreHandler restore = new RestoreHandler(world);
  private final DynamoDbClient client = TestingServers.dynamoDbClient();
  private final OrdersTable table = OrdersTable.create();

  @BeforeEach
  void backUp() {
    table.fill(5);
    world.stub.clock().advance(Duration.ofMinutes(1)); // the table is older than its backup
    client.updateTimeToLive(
        b ->
            b.tableName(table.name)
                .timeToLiveSpecification(t -> t.attributeName("expires").enabled(true)));
    world.variables.put("DYNAMODB_TABLES", "[\"%s\"]".formatted(table.name));
    world.variables.put("BACKUP_METHOD", "on-demand");
    JsonNode answer = world.invoke(new BackupHandler(world), "{}");
    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    table.close();
    world.close();
  }

  private JsonNode outcome(JsonNode answer) {
    return answer.path("body").path("tables").path(0);
  }

  private String timeToLive() {
    return client
        .describeTimeToLive(b -> b.tableName(table.name))
        .timeToLiveDescription()
        .attributeName();
  }

  @Test
  void awsMakesTheTableAndItsSettingsArePutBack() {
    Map<String, Map<String, AttributeValue>> before = table.items();
    table.delete();

    JsonNode answer = world.invoke(restore, "{}");

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(outcome(answer).path("status").asText()).isEqualTo("COMPLETED");
    assertThat(table.items()).isEqualTo(before);
    assertThat(timeToLive()).isEqualTo("expires");
  }

  @Test
  void oneThatOutlastsItsInvocationIsGoneOnWithAndAskedForOnce() {
    table.delete();
    world.stub.doneAfterLooks(12);
    world.remaining(Duration.ofSeconds(20));
    JsonNode first = world.invoke(restore, "{}");
    assertThat(first.path("statusCode").asInt()).as(first.toString()).isEqualTo(202);

    world.remaining(Duration.ofMinutes(15));
    JsonNode second = world.continueOnce(restore);

    assertThat(second.path("statusCode").asInt()).as(second.toString()).isEqualTo(200);
    assertThat(world.calls()).containsEntry("RestoreTableFromBackup", 1);
    assertThat(timeToLive()).isEqualTo("expires");
  }

  /** AWS tells of a table what it is made of only until it is active. */
  @Test
  void oneThatAwsHasEndedMeanwhileGetsItsSettings() {
    table.delete();
    world.stub.doneAfterLooks(12);
    world.remaining(Duration.ofSeconds(20));
    assertThat(world.invoke(restore, "{}").path("statusCode").asInt()).isEqualTo(202);
    try (DynamoDbClient aws = SdkClients.dynamoDb(world.stub.endpoint())) {
      boolean active = false;
      for (int look = 0; look < 50 && !active; look++) {
        TableStatus status = aws.describeTable(b -> b.tableName(table.name)).table().tableStatus();
        active = status == TableStatus.ACTIVE;
      }
      assertThat(active).isTrue();
    }

    world.remaining(Duration.ofMinutes(15));
    JsonNode second = world.continueOnce(restore);

    assertThat(second.path("statusCode").asInt()).as(second.toString()).isEqualTo(200);
    assertThat(world.calls()).containsEntry("RestoreTableFromBackup", 1);
    assertThat(timeToLive()).isEqualTo("expires");
  }

  @Test
  void neitherClearsNorOverwritesATableThatIsThere() {
    table.put("new", "since");

    JsonNode answer = world.invoke(restore, "{\"clear_existing_data\":true}");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(500);
    assertThat(outcome(answer).path("error").asText()).isEqualTo("TABLE_EXISTS");
    assertThat(outcome(answer).path("hint").asText()).contains("--target-table");
    assertThat(table.items()).hasSize(6);
  }

  @Test
  void aDryRunAsksAwsForNothing() {
    table.delete();

    JsonNode answer = world.invoke(restore, "{\"dry_run\":true}");

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(outcome(answer).path("status").asText()).isEqualTo("VALIDATED");
    assertThat(world.calls()).doesNotContainKey("RestoreTableFromBackup");
  }

  @Test
  void aRestoreTestLeavesTheTableAloneAndNoOtherBehind() {
    JsonNode answer = world.invoke(restore, "{\"restore_test\":true}");

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(world.calls()).containsEntry("RestoreTableFromBackup", 1);
    assertThat(client.listTables().tableNames())
        .noneMatch(name -> name.startsWith("dynavault-restore-test-"));
    assertThat(table.items()).hasSize(5);
  }

  @Test
  void aBackupThatIsGoneFailsAndSaysSo() {
    table.delete();
    String arn =
        world
            .json("native-exports/" + world.today() + "/manifest.json")
            .path("tables")
            .path(0)
            .path("arn")
            .asText();
    try (DynamoDbClient aws = SdkClients.dynamoDb(world.stub.endpoint())) {
      aws.deleteBackup(b -> b.backupArn(arn));
    }

    JsonNode answer = world.invoke(restore, "{}");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(500);
    assertThat(outcome(answer).path("error").asText()).isEqualTo("RECOVERY_POINT_NOT_FOUND");
  }

  @Test
  void theSameRequestTwiceAsksAwsOnce() {
    table.delete();
    JsonNode first = world.invoke(restore, "{\"request_id\":\"r\"}");

    assertThat(world.invoke(restore, "{\"request_id\":\"r\"}")).isEqualTo(first);
    assertThat(world.calls()).containsEntry("RestoreTableFromBackup", 1);
  }
}
