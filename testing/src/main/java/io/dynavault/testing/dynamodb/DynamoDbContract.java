// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.ResponseBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** What the engine relies on in DynamoDB, of whichever implementation. */
public abstract class DynamoDbContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String table = "contract-" + UUID.randomUUID();
  private DynamoDbClient client;
  private DynamoDbTransport transport;

  /** A client of the implementation. */
  protected abstract DynamoDbClient client();

  /** A transport to the implementation. */
  protected abstract DynamoDbTransport transport();

  @BeforeEach
  final void createTable() {
    client = client();
    transport = transport();
    create();
  }

  @AfterEach
  final void dropTable() {
    client.deleteTable(b -> b.tableName(table));
    transport.close();
  }

  private void create() {
    client.createTable(
        CreateTableRequest.builder()
            .tableName(table)
            .keySchema(
                KeySchemaElement.builder().attributeName("pk").keyType("HASH").build(),
                KeySchemaElement.builder().attributeName("sk").keyType("RANGE").build())
            .attributeDefinitions(
                AttributeDefinition.builder().attributeName("pk").attributeType("S").build(),
                AttributeDefinition.builder().attributeName("sk").attributeType("N").build())
            .billingMode("PAY_PER_REQUEST")
            .build());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16})
  final void segmentsHoldEveryItemOnce(int segments) throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      put(i);
      keys.add("p" + i % 25 + "/" + i);
    }

    List<String> scanned = new ArrayList<>();
    for (int segment = 0; segment < segments; segment++) {
      scanned.addAll(scan(segment, segments, 4));
    }

    assertThat(scanned).containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  final void aFullPageSaysWhereToGoOn() throws Exception {
    put(1);
    put(2);
    JsonNode page = scanPage(0, 1, 2, "");
    assertThat(page.path("Items")).hasSize(2);
    assertThat(page.path("Count").asInt()).isEqualTo(2);
    assertThat(page.path("ScannedCount").asInt()).isEqualTo(2);
    assertThat(page.path("LastEvaluatedKey")).hasSize(2);
    assertThat(page.path("ConsumedCapacity").path("CapacityUnits").asDouble()).isPositive();

    JsonNode rest = scanPage(0, 1, 2, ",\"ExclusiveStartKey\":" + page.path("LastEvaluatedKey"));
    assertThat(rest.path("Items")).isEmpty();
    assertThat(rest.has("LastEvaluatedKey")).isFalse();
  }

  @Test
  final void aPutReplacesTheItemOfItsKey() throws Exception {
    batch(putRequest(item(1, "one")));
    batch(putRequest(item(1, "two")));
    assertThat(scanPage(0, 1, 10, "").path("Items")).hasSize(1);
    assertThat(get(1).path("Item").path("text").path("S").textValue()).isEqualTo("two");
  }

  @Test
  final void numbersThatAreEqualAreOneKey() throws Exception {
    batch(putRequest("{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}"));
    batch(putRequest("{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1.0\"}}"));
    assertThat(scanPage(0, 1, 10, "").path("Items")).hasSize(1);
  }

  @Test
  final void aDeletedItemIsGoneAndDeletingAgainIsNoError() throws Exception {
    put(1);
    batch("{\"DeleteRequest\":{\"Key\":" + key(1) + "}}");
    batch("{\"DeleteRequest\":{\"Key\":" + key(1) + "}}");
    assertThat(get(1).has("Item")).isFalse();
  }

  @Test
  final void aConditionalPutLeavesWhatIsThere() throws Exception {
    String request =
        """
        {"TableName":"%s","Item":%s,"ConditionExpression":"attribute_not_exists(#k)",
        "ExpressionAttributeNames":{"#k":"pk"}}\
        """;
    call("PutItem", request.formatted(table, item(1, "first")));
    assertRefused(
        "ConditionalCheckFailedException", "PutItem", request.formatted(table, item(1, "second")));
    assertThat(get(1).path("Item").path("text").path("S").textValue()).isEqualTo("first");
  }

  @Test
  final void aBatchWithAnInvalidRequestDoesNothing() throws Exception {
    String good = putRequest(item(1, "good"));
    for (String bad :
        List.of(
            good,
            putRequest("{\"pk\":{\"S\":\"no sort key\"}}"),
            putRequest("{\"pk\":{\"S\":\"\"},\"sk\":{\"N\":\"1\"}}"),
            putRequest("{\"pk\":{\"N\":\"1\"},\"sk\":{\"N\":\"1\"}}"),
            "{\"DeleteRequest\":{\"Key\":{\"pk\":{\"S\":\"a\"}}}}")) {
      assertRefused("ValidationException", "BatchWriteItem", batchRequest(good + "," + bad));
    }
    assertThat(scanPage(0, 1, 10, "").path("Items")).isEmpty();
  }

  @Test
  final void aBatchHasTwentyFiveRequestsAtMost() {
    List<String> puts = new ArrayList<>();
    for (int i = 0; i < 26; i++) {
      puts.add(putRequest(item(i, "x")));
    }
    assertRefused("ValidationException", "BatchWriteItem", batchRequest(String.join(",", puts)));
  }

  @Test
  final void aMissingTableIsNotFound() {
    String missing = "missing-" + table;
    String head = "{\"TableName\":\"" + missing + "\"";
    assertRefused("ResourceNotFoundException", "Scan", head + "}");
    assertRefused("ResourceNotFoundException", "GetItem", head + ",\"Key\":" + key(1) + "}");
    assertRefused("ResourceNotFoundException", "PutItem", head + ",\"Item\":" + item(1, "x") + "}");
    assertThatThrownBy(() -> client.describeTable(b -> b.tableName(missing)))
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ResourceNotFoundException"));
  }

  @Test
  final void aTableIsCreatedOnceAndEachTimeAsAnotherOne() throws Exception {
    assertThatThrownBy(this::create)
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ResourceInUseException"));
    put(1);
    client.deleteTable(b -> b.tableName(table));
    create();
    assertThat(scanPage(0, 1, 10, "").path("Items")).isEmpty();
    assertThat(client.describeTable(b -> b.tableName(table)).table().keySchema()).hasSize(2);
  }

  private List<String> scan(int segment, int segments, int limit) throws IOException {
    List<String> keys = new ArrayList<>();
    String start = "";
    while (true) {
      JsonNode page = scanPage(segment, segments, limit, start);
      for (JsonNode item : page.path("Items")) {
        keys.add(
            item.path("pk").path("S").textValue() + "/" + item.path("sk").path("N").textValue());
      }
      if (!page.has("LastEvaluatedKey")) {
        return keys;
      }
      start = ",\"ExclusiveStartKey\":" + page.path("LastEvaluatedKey");
    }
  }

  private JsonNode scanPage(int segment, int segments, int limit, String start) throws IOException {
    return call(
        "Scan",
        """
        {"TableName":"%s","Segment":%d,"TotalSegments":%d,"Limit":%d,"ConsistentRead":true,
        "ReturnConsumedCapacity":"TOTAL"%s}\
        """
            .formatted(table, segment, segments, limit, start));
  }

  private void put(int number) throws IOException {
    batch(putRequest(item(number, "text")));
  }

  private JsonNode get(int number) throws IOException {
    return call("GetItem", "{\"TableName\":\"%s\",\"Key\":%s}".formatted(table, key(number)));
  }

  private void batch(String requests) throws IOException {
    JsonNode answer = call("BatchWriteItem", batchRequest(requests));
    assertThat(answer.path("UnprocessedItems")).isEmpty();
  }

  private String batchRequest(String requests) {
    return "{\"RequestItems\":{\"%s\":[%s]}}".formatted(table, requests);
  }

  private static String putRequest(String item) {
    return "{\"PutRequest\":{\"Item\":" + item + "}}";
  }

  private static String key(int number) {
    return "{\"pk\":{\"S\":\"p%d\"},\"sk\":{\"N\":\"%d\"}}".formatted(number % 25, number);
  }

  private static String item(int number, String text) {
    return "{\"pk\":{\"S\":\"p%d\"},\"sk\":{\"N\":\"%d\"},\"text\":{\"S\":\"%s\"}}"
        .formatted(number % 25, number, text);
  }

  private void assertRefused(String name, String operation, String request) {
    assertThatThrownBy(() -> call(operation, request))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.awsError()).isEqualTo(name));
  }

  private JsonNode call(String operation, String request) throws IOException {
    byte[] body = request.getBytes(UTF_8);
    ResponseBuffer response = new ResponseBuffer();
    transport.call(operation, body, body.length, response);
    return JSON.readTree(response.array(), 0, response.length());
  }
}
