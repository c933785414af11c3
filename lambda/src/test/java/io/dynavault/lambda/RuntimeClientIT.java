// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dynavault.testing.TestingServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The functions as Lambda runs them: the archive, AWS's runtime client, the environment. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime client has a native part")
final class RuntimeClientIT {
  private final HandlerWorld world = HandlerWorld.inFrontOfDynamoDb();
  private final String table = TestingServers.newTableName("orders");

  @TempDir Path folder;

  @BeforeEach
  void create() {
    TestTables.create(TestingServers.dynamoDbClient(), table, "order_id");
    world.root().put("order_data.csv", "order_id,amount\n1,10\n2,20\n".getBytes(UTF_8));
    world.variables.put("DYNAMODB_TABLES", "[\"" + table + "\"]");
    world.variables.put("BACKUP_METHOD", "scan");
    world.variables.put("CSV_TABLE", table);
  }

  @AfterEach
  void close() {
    TestingServers.dynamoDbClient().deleteTable(b -> b.tableName(table));
    world.close();
  }

  private FunctionProcess start(Class<?> handler) throws IOException {
    return FunctionProcess.start(
        handler, world, Files.createTempDirectory(folder, handler.getSimpleName()), List.of());
  }

  private JsonNode once(Class<?> handler, String example) throws Exception {
    try (FunctionProcess function = start(handler)) {
      String event =
          GuideExamples.event(example)
              .replace("acme-backups", world.bucket)
              .replace("\"backup_date\": \"2026-11-21\"", "\"backup_date\": \"latest\"")
              .replace("prod-orders", table);
      JsonNode answer = HandlerWorld.parse(function.invoke(event));
      assertThat(answer.path("statusCode").asInt())
          .as(() -> answer + "\n" + function.log())
          .isEqualTo(200);
      return answer.path("body");
    }
  }

  @Test
  void allFunctionsDoTheirWork() throws Exception {
    assertThat(once(CsvLoaderHandler.class, "csv-loader").path("total_items_written").asInt())
        .isEqualTo(2);
    assertThat(once(BackupHandler.class, "backup").path("successful_exports").asInt()).isEqualTo(1);
    assertThat(world.vault().catalog().list(table).entries()).hasSize(1);
    TestingServers.dynamoDbClient().deleteTable(b -> b.tableName(table));
    assertThat(once(RestoreHandler.class, "restore-dry-run").path("total_items_restored").asInt())
        .isZero();
    assertThat(once(RestoreHandler.class, "restore").path("total_items_restored").asInt())
        .isEqualTo(2);
    assertThat(TestingServers.dynamoDbClient().scan(b -> b.tableName(table)).count()).isEqualTo(2);
    assertThat(once(CaptureHandler.class, "capture").path("failed_tables").asInt()).isZero();
    assertThat(once(CleanupHandler.class, "cleanup").path("total_deleted").asInt()).isZero();
  }

  @Test
  void aRunThatIsShortOfTimeInvokesItselfAndGoesOn() throws Exception {
    BlockingQueue<String> invoked = new LinkedBlockingQueue<>();
    world.stub.add(
        operations ->
            operations.rest(
                "POST",
                "/2015-03-31/functions/{FunctionName}/invocations",
                "Invoke",
                request -> {
                  assertThat(request.required("FunctionName")).isEqualTo(RuntimeApi.FUNCTION_ARN);
                  invoked.add(new String(request.call().body(), UTF_8));
                  return JsonNodeFactory.instance.objectNode();
                }));
    try (FunctionProcess function = start(BackupHandler.class)) {
      JsonNode first =
          HandlerWorld.parse(function.invoke(GuideExamples.event("backup"), Duration.ZERO));
      assertThat(first.path("statusCode").asInt()).as(first.toString()).isEqualTo(202);

      JsonNode second = HandlerWorld.parse(function.invoke(invoked.remove()));

      assertThat(second.path("statusCode").asInt()).as(second.toString()).isEqualTo(200);
    }
    assertThat(world.vault().catalog().list(table).entries()).hasSize(1);
  }
}
