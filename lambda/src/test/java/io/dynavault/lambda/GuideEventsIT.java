// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dynavault.testing.TestingServers;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The events of docs/guide/lambda-events.md get the answers that stand there. */
final class GuideEventsIT {
  /** The fields that AWS gives a value that nobody can know: that they are there is compared. */
  private static final Set<String> GIVEN_BY_AWS =
      Set.of(
          "arn",
          "recovery_point_id",
          "size_bytes",
          "name",
          "earliest",
          "latest",
          "lag_seconds",
          "commits");

  private final HandlerWorld world = HandlerWorld.ofOneDay();
  private final OrdersTable orders = new OrdersTable("prod-orders");
  private final OrdersTable customers = new OrdersTable("prod-customers");

  @BeforeEach
  void settings() {
    orders.fill(3);
    customers.fill(2);
    world.recoverable(orders.name);
    world.recoverable(customers.name);
    world.variables.put("ENVIRONMENT", "prod");
    world.variables.put("DYNAMODB_TABLES", "[\"prod-orders\",\"prod-customers\"]");
    world.variables.put("CSV_TABLE", "prod-orders");
  }

  @AfterEach
  void close() {
    orders.close();
    customers.close();
    world.close();
  }

  private void check(RequestStreamHandler handler, String name) {
    JsonNode answer = world.invoke(handler, here(GuideExamples.event(name)));

    assertThat(comparable(answer))
        .isEqualTo(comparable(HandlerWorld.parse(here(GuideExamples.answer(name)))));
  }

  /** The page's bucket and day are this test's. */
  private String here(String text) {
    return text.replace("acme-backups", world.bucket).replace("2026-11-21", world.today());
  }

  private static JsonNode comparable(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field ->
                  field.setValue(
                      GIVEN_BY_AWS.contains(field.getKey())
                          ? TextNode.valueOf(field.getValue().getNodeType().name())
                          : comparable(field.getValue())));
    } else if (node instanceof ArrayNode array) {
      array.forEach(GuideEventsIT::comparable);
    }
    return node;
  }

  @Test
  void backup() {
    check(new BackupHandler(world), "backup");
  }

  @Test
  void backupWithATableThatIsNotThere() {
    world.variables.put("DYNAMODB_TABLES", "[\"prod-orders\",\"prod-invoices\"]");

    check(new BackupHandler(world), "backup-partial");
  }

  /** Its id makes it one request, its time is the day. */
  @Test
  void backupByEventBridge() {
    String event = here(GuideExamples.event("backup-eventbridge"));
    JsonNode answer = world.invoke(new BackupHandler(world), event);

    assertThat(answer.path("body").path("request_id").asText())
        .isEqualTo("53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa");
    assertThat(answer.path("body").path("backup_date").asText()).isEqualTo(world.today());
    assertThat(world.invoke(new BackupHandler(world), event)).isEqualTo(answer);
  }

  @Test
  void restore() {
    world.invoke(new BackupHandler(world), "{}");

    check(new RestoreHandler(world), "restore-dry-run");
    check(new RestoreHandler(world), "restore");
    check(new RestoreHandler(world), "restore-test");
  }

  @Test
  void cleanup() {
    try (HandlerWorld past = HandlerWorld.inThePast(Duration.ofDays(9))) {
      past.recoverableTable("prod-orders", "{\"pk\":{\"S\":\"1\"}}");
      past.variables.put("ENVIRONMENT", "prod");
      cleanUp(past);
    }
  }

  private static void cleanUp(HandlerWorld world) {
    world.variables.put("BACKUP_METHOD", "on-demand");
    world.variables.put("DYNAMODB_TABLES", "[\"prod-orders\"]");
    world.invoke(new BackupHandler(world), "{}");
    world.stub.clock().advance(Duration.ofDays(2));
    world.invoke(new BackupHandler(world), "{}");
    world.variables.put("RETENTION_DAYS", "1");
    world.variables.put("WINDOW_DAYS", "7");
    OldChain chain =
        OldChain.of(
            world.vault(), "prod-orders", world.stub.clock().instant(), Duration.ofDays(12));

    JsonNode answer = world.invoke(new CleanupHandler(world), GuideExamples.event("cleanup"));

    JsonNode expected = HandlerWorld.parse(GuideExamples.answer("cleanup"));
    ObjectNode body = (ObjectNode) expected.path("body");
    assertThat(body.put("retention_days", 1).put("window_days", 7)).isNotNull();
    ((ObjectNode) body.path("deleted").path(0)).put("age_days", 12);
    ((ObjectNode) body.path("deleted").path(1)).put("age_days", 2);
    ((ObjectNode) body.path("expired_changes").path(0))
        .put("chain", chain.id())
        .put("files", 3)
        .put("bytes", 3 * OldChain.FILE_BYTES);
    assertThat(comparable(answer)).isEqualTo(comparable(expected));
  }

  /** The record is of a second before the chain began: what it has is in the base. */
  @Test
  void capture() {
    world.reallyPause();

    check(new CaptureHandler(world), "capture");
    JsonNode answer =
        world.invoke(
            new CaptureHandler(world),
            GuideExamples.event("capture-stream").replace("1795253400", "1"));

    assertThat(answer).isEqualTo(HandlerWorld.parse(GuideExamples.answer("capture-stream")));
  }

  @Test
  void csvLoader() {
    ordersById();
    world.root().put("order_data.csv", "order_id,amount\n1,10\n2,20\n".getBytes(UTF_8));
    world.root().put("in box/bad.csv", "order_id,amount\n1,10\n,20\n".getBytes(UTF_8));

    check(new CsvLoaderHandler(world), "csv-loader");
    check(new CsvLoaderHandler(world), "csv-loader-s3");
  }

  /** The walk-through's key. */
  private void ordersById() {
    orders.delete();
    TestTables.create(TestingServers.dynamoDbClient(), "prod-orders", "order_id");
  }
}
