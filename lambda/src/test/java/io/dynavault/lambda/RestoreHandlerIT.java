// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.testing.TestingServers;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** With real tables: the stub forwards what concerns items to DynamoDB Local. */
final class RestoreHandlerIT {
  private static final byte[] BYTES = {0, 1, (byte) 0xff, (byte) 0xfe, '='};

  private final HandlerWorld world = HandlerWorld.inFrontOfDynamoDb();
  private final BackupHandler backup = new BackupHandler(world);
  private final RestoreHandler restore = new RestoreHandler(world);
  private final DynamoDbClient client = TestingServers.dynamoDbClient();
  private final String table = TestingServers.newTableName("orders");

  @BeforeEach
  void backUp() {
    TestTables.create(client, table, "pk");
    for (int i = 0; i < 30; i++) {
      put("item-" + i, "as it was");
    }
    world.variables.put("DYNAMODB_TABLES", "[\"" + table + "\"]");
    world.variables.put("BACKUP_METHOD", "scan");
    assertThat(world.invoke(backup, "{}").path("statusCode").asInt()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    delete(table);
    world.close();
  }

  private void delete(String name) {
    try {
      client.deleteTable(b -> b.tableName(name));
    } catch (ResourceNotFoundException e) {
      // a test has deleted it
    }
  }

  private void put(String pk, String text) {
    client.putItem(
        b ->
            b.tableName(table)
                .item(
                    Map.of(
                        "pk", AttributeValue.fromS(pk),
                        "text", AttributeValue.fromS(text),
                        "b", AttributeValue.fromB(SdkBytes.fromByteArray(BYTES)),
                        "bs", AttributeValue.fromBs(List.of(SdkBytes.fromByteArray(BYTES))),
                        "m",
                            AttributeValue.fromM(
                                Map.of(
                                    "b", AttributeValue.fromB(SdkBytes.fromByteArray(BYTES)))))));
  }

  private Map<String, AttributeValue> item(String pk) {
    return client
        .getItem(
            b ->
                b.tableName(table).consistentRead(true).key(Map.of("pk", AttributeValue.fromS(pk))))
        .item();
  }

  private long count() {
    return client.scan(b -> b.tableName(table).consistentRead(true)).count();
  }

  /** Defects 1 and 7: binary values were changed, and a table that is not there was an error. */
  @Test
  void createsATableThatIsNotThereWithEveryByteAsItWas() {
    Map<String, AttributeValue> before = item("item-7");
    delete(table);

    JsonNode answer = world.invoke(restore, "{\"backup_date\":\"latest\"}");

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.path("body").path("total_items_restored").asInt()).isEqualTo(30);
    assertThat(count()).isEqualTo(30);
    assertThat(item("item-7")).isEqualTo(before);
    assertThat(item("item-7").get("m").m().get("b").b().asByteArray()).isEqualTo(BYTES);
  }

  @Test
  @Tag("G11")
  void leavesItemsThatTheBackupDoesNotHaveUnlessAskedToClear() {
    put("item-1", "changed");
    put("new", "later");
    world.invoke(restore, "{}");
    assertThat(item("item-1").get("text").s()).isEqualTo("as it was");
    assertThat(item("new")).isNotEmpty();

    JsonNode answer = world.invoke(restore, "{\"clear_existing_data\":true,\"max_workers\":2}");

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.path("body").path("tables").path(0).path("items_deleted").asInt())
        .isEqualTo(31);
    assertThat(count()).isEqualTo(30);
  }

  /** Defect 4: what could not be read was skipped. */
  @Test
  @Tag("G11")
  void aDamagedBackupClearsNothing() {
    damageADataFile();

    JsonNode answer = world.invoke(restore, "{\"clear_existing_data\":true}");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(500);
    assertThat(answer.path("body").path("tables").path(0).path("error").asText())
        .isEqualTo("DAMAGED");
    assertThat(count()).isEqualTo(30);
    assertThat(world.metrics().get(world.metrics().size() - 1).path("RestoreFailures").asInt())
        .isEqualTo(1);
  }

  @Test
  @Tag("G11")
  void aDamagedBackupOverwritesNothing() {
    damageADataFile();
    put("item-1", "changed");

    world.invoke(restore, "{}");

    assertThat(item("item-1").get("text").s()).isEqualTo("changed");
  }

  private void damageADataFile() {
    List<String> files = new ArrayList<>();
    world.root().list("native-exports/", (ObjectInfo info) -> files.add(info.key()));
    files.removeIf(key -> !key.contains("/data/"));
    world.root().put(files.get(0), "not what it was".getBytes(UTF_8));
  }

  @Test
  void aDryRunChecksAndWritesNothing() {
    put("item-1", "changed");

    JsonNode answer = world.invoke(restore, "{\"dry_run\":true,\"clear_existing_data\":true}");

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.path("body").path("tables").path(0).path("status").asText())
        .isEqualTo("VALIDATED");
    assertThat(item("item-1").get("text").s()).isEqualTo("changed");
  }

  @Test
  @Tag("G15")
  void oneBadTableDoesNotStopTheOthers() {
    JsonNode answer = world.invoke(restore, "{\"tables\":[\"nowhere\",\"%s\"]}".formatted(table));

    assertThat(answer.path("statusCode").asInt()).isEqualTo(207);
    assertThat(answer.path("body").path("failed_restores").asInt()).isEqualTo(1);
    assertThat(answer.path("body").path("successful_restores").asInt()).isEqualTo(1);
  }

  /** Whoever restores everything must not believe that everything is there. */
  @Test
  @Tag("G15")
  void aTableOfTheDayWhoseBackupHasFailedIsToldAndNotLeftOut() {
    world.variables.put("DYNAMODB_TABLES", "[\"nowhere\",\"%s\"]".formatted(table));
    assertThat(world.invoke(backup, "{}").path("statusCode").asInt()).isEqualTo(207);

    JsonNode answer = world.invoke(restore, "{}");

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(207);
    JsonNode failed = answer.path("body").path("tables").path(0);
    assertThat(failed.path("table_name").asText()).isEqualTo("nowhere");
    assertThat(failed.path("error").asText()).isEqualTo("RECOVERY_POINT_NOT_FOUND");
    assertThat(failed.path("message").asText())
        .contains("its backup has failed: unable to describe table 'nowhere'");
    assertThat(answer.path("body").path("tables").path(1).path("status").asText())
        .isEqualTo("COMPLETED");
  }

  @Test
  void aBackupOfADayThatWasBegunAfterMidnightIsOfThatDay() {
    String dayBefore = LocalDate.parse(world.today()).minusDays(1).toString();
    String event = "{\"scheduled_time\":\"%sT23:50:00Z\"}".formatted(dayBefore);
    assertThat(world.invoke(backup, event).path("body").path("backup_date").asText())
        .isEqualTo(dayBefore);
    put("item-1", "changed");

    JsonNode answer = world.invoke(restore, "{\"backup_date\":\"%s\"}".formatted(dayBefore));

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(item("item-1").get("text").s()).isEqualTo("as it was");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"tables\":[\"%s\"]}", "{\"backup_date\":\"DAY\"}"})
  void aDamagedRecordOfTheNewestBackupIsNotPassedOver(String event) {
    put("item-1", "changed");
    world.stub.clock().advance(Duration.ofMinutes(1));
    String newest =
        world
            .invoke(backup, "{}")
            .path("body")
            .path("tables")
            .path(0)
            .path("recovery_point_id")
            .asText();
    world
        .root()
        .put(
            "native-exports/recovery-points/%s/%s.json".formatted(table, newest),
            "not what it was".getBytes(UTF_8));

    JsonNode answer = world.invoke(restore, event.formatted(table).replace("DAY", world.today()));

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(500);
    JsonNode failed = answer.path("body").path("tables").path(0);
    assertThat(failed.path("error").asText()).isEqualTo("DAMAGED");
    assertThat(failed.path("message").asText()).contains("the record of its newest backup");
    assertThat(item("item-1").get("text").s()).isEqualTo("changed");
  }

  @Test
  void aDamagedManifestKeepsNobodyFromTheBackupsOfItsDay() {
    String key = "native-exports/%s/manifest.json".formatted(world.today());
    world.root().put(key, "{\"formatVersion\":\"1.0\"}".getBytes(UTF_8));

    JsonNode answer = world.invoke(restore, "{}");

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
  }

  @Test
  void aDayWithoutBackupIsA500() {
    JsonNode answer = world.invoke(restore, "{\"backup_date\":\"2020-01-01\"}");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(500);
    assertThat(answer.path("body").path("error").asText()).isEqualTo("RECOVERY_POINT_NOT_FOUND");
  }

  @Test
  @Tag("G11")
  void theSameRequestTwiceWritesOnce() {
    JsonNode first = world.invoke(restore, "{\"request_id\":\"r\",\"clear_existing_data\":true}");
    put("new", "written after the restore");

    JsonNode second = world.invoke(restore, "{\"request_id\":\"r\",\"clear_existing_data\":true}");

    assertThat(second).isEqualTo(first);
    assertThat(item("new")).isNotEmpty();
  }

  @Test
  void goesOnInAnotherInvocationWhenTimeIsOver() {
    delete(table);
    world.remaining(Duration.ZERO);
    JsonNode first = world.invoke(restore, "{}");
    assertThat(first.path("statusCode").asInt()).isEqualTo(202);

    world.remaining(Duration.ofMinutes(15));
    JsonNode second = world.continueOnce(restore);

    assertThat(second.path("statusCode").asInt()).as(second.toString()).isEqualTo(200);
    assertThat(count()).isEqualTo(30);
  }

  @Test
  void givesUpAfterAsManyInvocationsAsItMayUse() {
    world.variables.put("MAX_CONTINUATIONS", "1");
    world.remaining(Duration.ZERO);
    world.invoke(restore, "{}");

    JsonNode second = world.continueOnce(restore);

    assertThat(second.path("statusCode").asInt()).isEqualTo(500);
    assertThat(world.sentToItself).isEmpty();
  }

  @Test
  @Tag("G12")
  void aRestoreTestLeavesNoTableAndSaysHowItWent() {
    JsonNode answer = world.invoke(restore, GuideExamples.event("restore-test"));

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(client.listTables().tableNames())
        .noneMatch(name -> name.startsWith("dynavault-restore-test-"));
    JsonNode metric = world.metrics().get(world.metrics().size() - 1);
    assertThat(metric.path("RestoreTestSuccesses").asInt()).isEqualTo(1);
    assertThat(count()).isEqualTo(30);
  }
}
