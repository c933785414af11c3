// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.testing.aws.StubRequest;
import io.dynavault.testing.capture.ReplayedChain;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Defect 5 of the Python functions: a table that is larger than the memory. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime client has a native part")
final class FunctionMemoryIT {
  private static final List<String> LITTLE_MEMORY = List.of("-Xmx64m");
  private static final int PAGES = 160;
  private static final int ITEMS_OF_PAGE = 5;
  private static final int CHANGES = 60;

  /** With the rest of its item, a fifth of the 1 MB that a page has. */
  private static final String TEXT = "0123456789abcdef".repeat(200 * 1024 / 16);

  private final HandlerWorld world = HandlerWorld.withoutItems();
  private final AtomicLong written = new AtomicLong();

  @TempDir Path folder;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void defect5BackupAndRestoreNeedLessMemoryThanTheTable() throws Exception {
    world.recoverableTable("orders");
    world.variables.put("DYNAMODB_TABLES", "[\"orders\"]");
    world.variables.put("BACKUP_METHOD", "scan");
    world.stub.add(
        operations -> {
          operations.dynamoDb("Scan", this::page);
          operations.dynamoDb("BatchWriteItem", this::count);
        });

    assertThat(once(BackupHandler.class, "{}").path("statusCode").asInt()).isEqualTo(200);
    JsonNode restored = once(RestoreHandler.class, "{}");

    assertThat(restored.path("statusCode").asInt()).as(restored.toString()).isEqualTo(200);
    assertThat(written.get()).isEqualTo(PAGES * ITEMS_OF_PAGE);
  }

  /**
   * Change files, pages and images within a heap of 64 MB: a function with 512 MB has six times
   * that.
   */
  @Test
  void capturesNeedLittleMemory() throws Exception {
    try (HandlerWorld real = HandlerWorld.inFrontOfDynamoDb();
        OrdersTable orders = OrdersTable.create();
        StreamEvents events = new StreamEvents();
        FunctionProcess function =
            FunctionProcess.start(
                CaptureHandler.class, real, folder.resolve("capture"), LITTLE_MEMORY)) {
      orders.put("item", TEXT);
      JsonNode base = HandlerWorld.parse(function.invoke(schedule(orders)));
      assertThat(base.path("statusCode").asInt()).as(base.toString()).isEqualTo(200);
      for (int i = 0; i < CHANGES; i++) {
        orders.put("item-" + i, TEXT);
      }

      String event = StreamEvents.event(events.records(orders.name));

      assertThat(function.invoke(event)).as(function::log).isEqualTo("{\"batchItemFailures\":[]}");
      ReplayedChain captured = ReplayedChain.of(real.vault(), orders.name);
      assertThat(captured.sequenceNumbers()).hasSize(CHANGES);
    }
  }

  private static String schedule(OrdersTable table) {
    return "{\"tables\":[\"" + table.name + "\"]}";
  }

  private JsonNode once(Class<?> handler, String event) throws Exception {
    try (FunctionProcess function =
        FunctionProcess.start(
            handler, world, folder.resolve(handler.getSimpleName()), LITTLE_MEMORY)) {
      return HandlerWorld.parse(function.invoke(event));
    }
  }

  /** Pages of one segment; the others are empty. */
  private JsonNode page(StubRequest request) {
    world.stub.forgetRequests();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    var items = answer.putArray("Items");
    int page = request.members().path("ExclusiveStartKey").path("pk").path("S").asInt(0);
    if (request.members().path("Segment").asInt(0) == 0) {
      for (int i = 0; i < ITEMS_OF_PAGE; i++) {
        ObjectNode item = items.addObject();
        item.putObject("pk").put("S", page + "-" + i);
        item.putObject("text").put("S", TEXT);
      }
      if (page + 1 < PAGES) {
        answer.putObject("LastEvaluatedKey").putObject("pk").put("S", "" + (page + 1));
      }
    }
    return answer.put("Count", items.size()).put("ScannedCount", items.size());
  }

  private JsonNode count(StubRequest request) {
    world.stub.forgetRequests();
    written.addAndGet(request.members().path("RequestItems").path("orders").size());
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putObject("UnprocessedItems");
    return answer;
  }
}
