// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.testing.TestingServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

final class CsvLoaderHandlerIT {
  private final HandlerWorld world = HandlerWorld.inFrontOfDynamoDb();
  private final CsvLoaderHandler loader = new CsvLoaderHandler(world);
  private final DynamoDbClient client = TestingServers.dynamoDbClient();
  private final String table = TestingServers.newTableName("orders");

  @BeforeEach
  void create() {
    TestTables.create(client, table, "order_id");
    world.variables.put("CSV_TABLE", table);
    world.variables.put("CSV_BUCKET", world.bucket);
    world.variables.put("CSV_KEY", "order_data.csv");
  }

  @AfterEach
  void close() {
    client.deleteTable(b -> b.tableName(table));
    world.close();
  }

  private long count() {
    return client.scan(b -> b.tableName(table).consistentRead(true)).count();
  }

  @Test
  void loadsTheFileOfTheSettings() {
    world.root().put("order_data.csv", "order_id,amount\n1,10\n2,20\n".getBytes(UTF_8));

    JsonNode answer = world.invoke(loader, "{}");

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.path("body").path("total_items_written").asInt()).isEqualTo(2);
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void loadsTheFilesThatAnS3EventNames() {
    world.root().put("in box/orders+1.csv", "order_id\n7\n".getBytes(UTF_8));
    world.root().put("in box/bad.csv", "order_id\n8\n".getBytes(UTF_8));
    String event =
        GuideExamples.event("csv-loader-s3")
            .replace("acme-backups", world.bucket)
            .replace("order_data.csv", "in+box/orders%2B1.csv");

    JsonNode answer = world.invoke(loader, event);

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void listsTheRowsThatFailAndLoadsNoneOfTheirFile() {
    world.root().put("order_data.csv", "order_id,amount\n1,10\n,20\n".getBytes(UTF_8));

    JsonNode answer = world.invoke(loader, "{}");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(500);
    JsonNode rows = answer.path("body").path("files").path(0).path("failed_rows");
    assertThat(rows).hasSize(1);
    assertThat(rows.path(0).path("row").asText()).contains("3");
    assertThat(count()).isZero();
  }

  @Test
  void aFileThatIsNotThereIsA500() {
    assertThat(world.invoke(loader, "{}").path("statusCode").asInt()).isEqualTo(500);
  }

  /** What S3 sends when somebody configures the notification (Amazon S3 User Guide). */
  @Test
  void theEventByWhichS3TriesTheFunctionLoadsNothing() {
    world.root().put("order_data.csv", "order_id,amount\n1,10\n".getBytes(UTF_8));

    JsonNode answer =
        world.invoke(
            loader,
            """
            {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-21T08:15:00.000Z",
             "Bucket":"acme-backups","RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4"}
            """);

    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.path("body").path("files")).isEmpty();
    assertThat(count()).isZero();
    assertThat(world.metrics()).isEmpty();
  }

  @Test
  void aKeyThatIsNotEncodedIsTold() {
    String event =
        "{\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"5%\"}}}]}";

    JsonNode answer = world.invoke(loader, event);

    assertThat(answer.path("body").path("error").asText()).isEqualTo("USAGE");
    assertThat(answer.path("body").path("message").asText()).contains("'5%' is not encoded");
  }

  @Test
  void theSameEventTwiceChangesNothing() {
    world.root().put("order_data.csv", "order_id,amount\n1,10\n2,20\n".getBytes(UTF_8));

    JsonNode first = world.invoke(loader, "{}");
    JsonNode second = world.invoke(loader, "{}");

    assertThat(second).isEqualTo(first);
    assertThat(count()).isEqualTo(2);
  }
}
