// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ResponseBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Carries out requests in DynamoDB's JSON on tables in memory. */
final class MemoryTransport implements DynamoDbTransport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_PER_BATCH = 25;
  private static final Set<String> NOT_KNOWN =
      Set.of("FilterExpression", "ProjectionExpression", "IndexName", "Select");

  private final MemoryDynamoDb dynamoDb;

  MemoryTransport(MemoryDynamoDb dynamoDb) {
    this.dynamoDb = dynamoDb;
  }

  @Override
  public void call(String operation, byte[] body, int length, ResponseBuffer response) {
    try {
      JsonNode request = JSON.readTree(body, 0, length);
      byte[] answer = answer(operation, request).getBytes(UTF_8);
      response.fill(new ByteArrayInputStream(answer), answer.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String answer(String operation, JsonNode request) {
    return switch (operation) {
      case "Scan" -> scan(request);
      case "GetItem" -> getItem(request);
      case "PutItem" -> putItem(request);
      case "BatchWriteItem" -> batchWrite(request);
      default -> throw new IllegalArgumentException("not known: " + operation);
    };
  }

  private String scan(JsonNode request) {
    if (NOT_KNOWN.stream().anyMatch(request::has)) {
      throw new IllegalArgumentException("not known: " + request);
    }
    String name = request.path("TableName").textValue();
    MemoryTable.Page page =
        dynamoDb.with(
            name,
            (table, pageBytes) ->
                table.scan(
                    request.path("Segment").asInt(0),
                    request.path("TotalSegments").asInt(1),
                    request.path("Limit").asInt(Integer.MAX_VALUE),
                    pageBytes,
                    request.get("ExclusiveStartKey")));
    double perUnit = request.path("ConsistentRead").asBoolean() ? 1 : 0.5;
    double units = Math.max(1, (page.bytes() + 4095) / 4096) * perUnit;
    return "{\"Count\":%d,\"ScannedCount\":%d,\"Items\":[%s]%s%s}"
        .formatted(
            page.items().size(),
            page.items().size(),
            String.join(",", page.items()),
            page.lastKey().map(key -> ",\"LastEvaluatedKey\":" + key).orElse(""),
            ",\"ConsumedCapacity\":" + capacity(name, units));
  }

  private String getItem(JsonNode request) {
    return dynamoDb.with(
        request.path("TableName").textValue(),
        (table, pageBytes) ->
            table.get(request.path("Key")).map(item -> "{\"Item\":" + item + "}").orElse("{}"));
  }

  private String putItem(JsonNode request) {
    String name = request.path("TableName").textValue();
    JsonNode item = request.path("Item");
    JsonNode condition = request.path("ConditionExpression");
    if (!condition.isMissingNode() && !condition.textValue().equals("attribute_not_exists(#k)")) {
      throw new IllegalArgumentException("not known: " + condition);
    }
    dynamoDb.with(
        name,
        (table, pageBytes) -> {
          if (!condition.isMissingNode() && table.has(item)) {
            throw new ServiceError(
                    ErrorCode.REQUEST_REFUSED,
                    "ConditionalCheckFailedException",
                    "The conditional request failed")
                .ofTransport();
          }
          table.put(item);
          return "";
        });
    return "{\"ConsumedCapacity\":" + capacity(name, writeUnits(item)) + "}";
  }

  private String batchWrite(JsonNode request) {
    Map.Entry<String, JsonNode> only = request.path("RequestItems").properties().iterator().next();
    List<JsonNode> writes = elements(only.getValue());
    double units = dynamoDb.with(only.getKey(), (table, pageBytes) -> batchWrite(table, writes));
    return "{\"UnprocessedItems\":{},\"ConsumedCapacity\":["
        + capacity(only.getKey(), units)
        + "]}";
  }

  /** All of it is checked before any of it is done. */
  private static double batchWrite(MemoryTable table, List<JsonNode> writes) {
    if (writes.isEmpty() || writes.size() > MOST_PER_BATCH) {
      throw ServiceError.validation("1 to 25 requests are allowed").ofTransport();
    }
    Set<Object> seen = new HashSet<>();
    for (JsonNode write : writes) {
      boolean delete = write.has("DeleteRequest");
      JsonNode subject = delete ? key(write) : item(write);
      if (!seen.add(table.identity(subject, delete))) {
        throw ServiceError.validation("Provided list of item keys contains duplicates")
            .ofTransport();
      }
    }
    double units = 0;
    for (JsonNode write : writes) {
      if (write.has("DeleteRequest")) {
        table.delete(key(write));
        units++;
      } else {
        table.put(item(write));
        units += writeUnits(item(write));
      }
    }
    return units;
  }

  private static JsonNode key(JsonNode write) {
    return write.path("DeleteRequest").path("Key");
  }

  private static JsonNode item(JsonNode write) {
    return write.path("PutRequest").path("Item");
  }

  private static List<JsonNode> elements(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements;
  }

  private static double writeUnits(JsonNode item) {
    return Math.max(1, (item.toString().length() + 1023) / 1024);
  }

  private static String capacity(String table, double units) {
    return "{\"TableName\":\"" + table + "\",\"CapacityUnits\":" + units + "}";
  }

  @Override
  public URI endpoint() {
    return MemoryDynamoDb.ENDPOINT;
  }

  @Override
  public String region() {
    return "us-east-1";
  }

  @Override
  public void close() {}
}
