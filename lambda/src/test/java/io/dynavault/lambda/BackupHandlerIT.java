// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.vault.Method;
import io.dynavault.testing.aws.AwsError;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class BackupHandlerIT {
  private static final String SCHEDULED =
      "{\"request_id\":\"r-1\",\"scheduled_time\":\"2026-11-21T02:00:00Z\"}";
  private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:backups";
  private static final String MANIFEST = "native-exports/2026-11-21/manifest.json";

  private final HandlerWorld world = HandlerWorld.withoutItems();
  private final BackupHandler handler = new BackupHandler(world);

  @AfterEach
  void close() {
    world.close();
  }

  private void tables(String json) {
    world.variables.put("DYNAMODB_TABLES", json);
  }

  @Test
  void answersAsTheContractSaysWhenAllTablesAreExported() {
    world.recoverableTable("orders", "{\"pk\":{\"S\":\"1\"}}", "{\"pk\":{\"S\":\"2\"}}");
    world.recoverableTable("customers", "{\"pk\":{\"S\":\"1\"}}");
    tables("[\"orders\",\"customers\"]");

    JsonNode answer = world.invoke(handler, SCHEDULED);

    JsonNode body = answer.path("body");
    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(body.path("backup_date").asText()).isEqualTo("2026-11-21");
    assertThat(body.path("environment").asText()).isEqualTo("test");
    assertThat(body.path("backup_type").asText()).isEqualTo("DYNAMODB_NATIVE_EXPORT");
    assertThat(body.path("total_tables_processed").asInt()).isEqualTo(2);
    assertThat(body.path("successful_exports").asInt()).isEqualTo(2);
    assertThat(body.path("failed_exports").asInt()).isZero();
    assertThat(body.path("total_items_exported").asInt()).isEqualTo(3);
    assertThat(body.path("total_size_mb").isNumber()).isTrue();
    assertThat(body.path("manifest_s3_key").asText()).isEqualTo(MANIFEST);
    assertThat(body.path("s3_bucket").asText()).isEqualTo(world.bucket);
    assertThat(body.path("tables").findValuesAsText("status"))
        .containsExactly("COMPLETED", "COMPLETED");
    assertThat(world.vault().catalog().list("orders").entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.point().method()).isEqualTo(Method.EXPORT));
    assertThat(world.json(MANIFEST).path("total_items_exported").asInt()).isEqualTo(3);
  }

  @Test
  @Tag("G15")
  void oneBadTableDoesNotStopTheOthers() {
    world.recoverableTable("orders", "{\"pk\":{\"S\":\"1\"}}");
    tables("[\"nowhere\",\"orders\"]");

    JsonNode answer = world.invoke(handler, SCHEDULED);

    assertThat(answer.path("statusCode").asInt()).isEqualTo(207);
    JsonNode bad = answer.path("body").path("tables").path(0);
    assertThat(bad.path("table_name").asText()).isEqualTo("nowhere");
    assertThat(bad.path("status").asText()).isEqualTo("FAILED");
    assertThat(bad.path("error").asText()).isEqualTo("TABLE_NOT_FOUND");
    assertThat(world.metrics().stream().mapToInt(m -> m.path("BackupFailures").asInt()).sum())
        .isEqualTo(1);
  }

  @Test
  void nothingButFailuresIsA500() {
    tables("[\"nowhere\"]");

    assertThat(world.invoke(handler, SCHEDULED).path("statusCode").asInt()).isEqualTo(500);
  }

  @Test
  void aSettingThatIsMissingIsA500ThatNamesIt() {
    world.variables.remove("BACKUP_BUCKET");
    tables("[\"orders\"]");

    JsonNode answer = world.invoke(handler, "{}");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(500);
    assertThat(answer.path("body").path("message").asText()).contains("BACKUP_BUCKET");
    assertThat(world.metrics()).hasSize(1);
  }

  /** Defect 2 of the functions whose contract this keeps: an export that took longer was lost. */
  @Test
  void anExportThatTakesLongerThanAnInvocationIsRecordedByALaterOne() {
    world.recoverableTable("orders", "{\"pk\":{\"S\":\"1\"}}");
    tables("[\"orders\"]");
    world.stub.doneAfterLooks(8);
    world.remaining(Duration.ofSeconds(100));

    JsonNode first = world.invoke(handler, SCHEDULED);
    assertThat(first.path("statusCode").asInt()).isEqualTo(202);
    assertThat(world.json(MANIFEST).path("tables").path(0).path("status").asText())
        .isEqualTo("IN_PROGRESS");
    world.remaining(Duration.ofMinutes(15));
    JsonNode second = world.continueOnce(handler);

    assertThat(second.path("statusCode").asInt()).as(second.toString()).isEqualTo(200);
    assertThat(second.path("body").path("backup_date").asText()).isEqualTo("2026-11-21");
    assertThat(world.calls()).containsEntry("ExportTableToPointInTime", 1);
    assertThat(world.vault().catalog().list("orders").entries()).hasSize(1);
    assertThat(world.sentToItself).isEmpty();
  }

  @Test
  void goesOnNoMoreOftenThanItMayAndLeavesNothingInProgress() {
    world.recoverableTable("orders", "{\"pk\":{\"S\":\"1\"}}");
    tables("[\"orders\"]");
    world.variables.put("MAX_CONTINUATIONS", "2");
    world.stub.doneAfterLooks(1000);
    world.remaining(Duration.ofSeconds(60));
    JsonNode answer = world.invoke(handler, SCHEDULED);
    int invocations = 1;
    while (!world.sentToItself.isEmpty()) {
      world.remaining(Duration.ofSeconds(60));
      answer = world.continueOnce(handler);
      invocations++;
    }

    assertThat(invocations).isEqualTo(3);
    assertThat(answer.path("statusCode").asInt()).isEqualTo(500);
    assertThat(world.json(MANIFEST).path("tables").path(0).path("status").asText())
        .isEqualTo("FAILED");
    assertThat(world.json(MANIFEST).path("tables").path(0).path("hint").asText())
        .contains("MAX_CONTINUATIONS");
  }

  @Test
  void theSameEventTwiceIsDoneOnce() {
    world.recoverableTable("orders", "{\"pk\":{\"S\":\"1\"}}");
    tables("[\"orders\"]");

    JsonNode first = world.invoke(handler, SCHEDULED);
    JsonNode second = world.invoke(handler, SCHEDULED);

    assertThat(second).isEqualTo(first);
    assertThat(world.calls()).containsEntry("ExportTableToPointInTime", 1);
  }

  /** Defect 8 of the functions whose contract this keeps. */
  @Test
  void aSecondRunOfADayLosesNothingOfTheFirst() {
    world.recoverableTable("orders", "{\"pk\":{\"S\":\"1\"}}");
    world.recoverableTable("customers", "{\"pk\":{\"S\":\"1\"}}");
    tables("[\"orders\"]");
    world.invoke(handler, SCHEDULED);
    tables("[\"customers\"]");
    world.invoke(handler, SCHEDULED.replace("r-1", "r-2"));

    JsonNode manifest = world.json(MANIFEST);
    assertThat(manifest.path("runs").findValuesAsText("request_id")).containsExactly("r-1", "r-2");
    assertThat(manifest.path("tables").findValuesAsText("table_name"))
        .containsExactly("orders", "customers");
    assertThat(manifest.path("successful_exports").asInt()).isEqualTo(2);
  }

  @Test
  void whatAnotherProgramHasLeftAsManifestIsKept() {
    world.recoverableTable("orders", "{\"pk\":{\"S\":\"1\"}}");
    tables("[\"orders\"]");
    world
        .root()
        .put(MANIFEST, "{\"exports\":[\"old\"]}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    world.invoke(handler, SCHEDULED);

    assertThat(world.json(MANIFEST).path("former").path("exports").path(0).asText())
        .isEqualTo("old");
  }

  @Test
  void waitsWhereAwsAllowsNoMoreExportsAtATime() {
    world.recoverableTable("orders", "{\"pk\":{\"S\":\"1\"}}");
    tables("[\"orders\"]");
    world.stub.failNext(
        "ExportTableToPointInTime", AwsError.of("LimitExceededException", "too many"), 1);

    JsonNode answer = world.invoke(handler, SCHEDULED);

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
  }

  @Test
  void scansTablesOfAPatternWhereThatIsTheMethod() {
    world.recoverableTable("mfa-api_test_u2f_global", "{\"pk\":{\"S\":\"1\"}}");
    world.recoverableTable("mfa-api_prod_u2f_global", "{\"pk\":{\"S\":\"1\"}}");
    world.variables.put("TABLE_PATTERN", "mfa-api_{environment}_{type}_global");
    world.variables.put("BACKUP_METHOD", "scan");

    JsonNode answer = world.invoke(handler, SCHEDULED);

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.path("body").path("backup_type").asText()).isEqualTo("DYNAVAULT_SCAN");
    assertThat(world.vault().catalog().tableNames()).containsExactly("mfa-api_test_u2f_global");
  }

  /** Resource Groups Tagging gives them page by page. */
  @Test
  void backsUpAllTablesThatHaveTheTag() {
    world.recoverableTable("orders", "{\"pk\":{\"S\":\"1\"}}");
    world.recoverableTable("customers", "{\"pk\":{\"S\":\"1\"}}");
    world.recoverableTable("scratch", "{\"pk\":{\"S\":\"1\"}}");
    world.variables.put("TABLE_TAG_KEY", "BackupEnabled");
    world.variables.put("TABLE_TAG_VALUE", "true");
    world.stub.add(
        operations ->
            operations.json(
                "ResourceGroupsTaggingAPI_20170126",
                "GetResources",
                request ->
                    request.text("PaginationToken").orElse("").isEmpty()
                        ? tagged("orders", "more")
                        : tagged("customers", "")));

    JsonNode answer = world.invoke(handler, SCHEDULED);

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.path("body").path("tables").findValuesAsText("table_name"))
        .containsExactly("customers", "orders");
    assertThat(world.stub.requests("GetResources").get(0).path("TagFilters").toString())
        .isEqualTo("[{\"Key\":\"BackupEnabled\",\"Values\":[\"true\"]}]");
  }

  private static ObjectNode tagged(String table, String next) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("PaginationToken", next);
    answer
        .putArray("ResourceTagMappingList")
        .addObject()
        .put("ResourceARN", "arn:aws:dynamodb:us-east-1:123456789012:table/" + table);
    return answer;
  }

  @Test
  void noTableWithTheTagIsSaidAndReported() {
    world.variables.put("TABLE_TAG_KEY", "BackupEnabled");
    world.variables.put("SNS_TOPIC_ARN", TOPIC);
    world.stub.add(
        operations -> {
          operations.json(
              "ResourceGroupsTaggingAPI_20170126",
              "GetResources",
              request -> JsonNodeFactory.instance.objectNode());
          operations.query("sns", "Publish", request -> "<MessageId>1</MessageId>");
        });

    JsonNode answer = world.invoke(handler, SCHEDULED);

    assertThat(answer.path("statusCode").asInt()).isEqualTo(500);
    assertThat(answer.path("body").path("hint").asText()).contains("TABLE_TAG_KEY");
    assertThat(world.stub.requests("Publish"))
        .singleElement()
        .satisfies(message -> assertThat(message.path("Message").asText()).contains("none has"));
  }

  @Test
  void reportsEachTableToTheTopicOnce() {
    world.recoverableTable("orders", "{\"pk\":{\"S\":\"1\"}}");
    tables("[\"nowhere\",\"orders\"]");
    world.variables.put("SNS_TOPIC_ARN", TOPIC);
    world.stub.add(
        operations -> operations.query("sns", "Publish", request -> "<MessageId>1</MessageId>"));

    world.invoke(handler, SCHEDULED);
    world.invoke(handler, SCHEDULED);

    assertThat(world.stub.requests("Publish"))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.path("TopicArn").asText()).isEqualTo(TOPIC);
              assertThat(message.path("Message").asText())
                  .contains("orders", "nowhere", "TABLE_NOT_FOUND");
            });
  }

  @Test
  void aReportThatCannotBeSentChangesNothing() {
    world.recoverableTable("orders", "{\"pk\":{\"S\":\"1\"}}");
    tables("[\"orders\"]");
    world.variables.put("SNS_TOPIC_ARN", TOPIC);
    world.stub.add(
        operations ->
            operations.query(
                "sns",
                "Publish",
                request -> {
                  throw AwsError.of(403, "AuthorizationError", "not authorized");
                }));

    JsonNode answer = world.invoke(handler, SCHEDULED);

    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(world.stub.calls()).contains("Publish");
  }
}
