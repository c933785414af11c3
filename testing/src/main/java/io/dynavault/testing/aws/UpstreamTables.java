// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of the DynamoDB behind the stub. */
final class UpstreamTables implements StubTables {
  private static final int BATCH = 25;

  private final Upstream upstream;

  UpstreamTables(Upstream upstream) {
    this.upstream = upstream;
  }

  @Override
  public Optional<ObjectNode> describe(HttpCall caller, String table) {
    try {
      JsonNode answer = call(caller, "DescribeTable", Wire.object().put("TableName", table));
      return Optional.of((ObjectNode) answer.path("Table"));
    } catch (AwsError e) {
      if (e.code().equals("ResourceNotFoundException")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public ObjectNode timeToLive(HttpCall caller, String table) {
    JsonNode answer = call(caller, "DescribeTimeToLive", Wire.object().put("TableName", table));
    return answer.path("TimeToLiveDescription") instanceof ObjectNode described
        ? described
        : Wire.object().put("TimeToLiveStatus", "DISABLED");
  }

  @Override
  public List<JsonNode> items(HttpCall caller, String table) {
    List<JsonNode> items = new ArrayList<>();
    ObjectNode scan = Wire.object().put("TableName", table).put("ConsistentRead", true);
    while (true) {
      JsonNode page = call(caller, "Scan", scan);
      page.path("Items").forEach(items::add);
      if (!page.hasNonNull("LastEvaluatedKey")) {
        return items;
      }
      scan.set("ExclusiveStartKey", page.get("LastEvaluatedKey"));
    }
  }

  @Override
  public void create(HttpCall caller, ObjectNode definition, List<JsonNode> items) {
    call(caller, "CreateTable", definition);
    String table = definition.path("TableName").asText();
    for (int from = 0; from < items.size(); from += BATCH) {
      ObjectNode request = Wire.object();
      ArrayNode writes = request.putObject("RequestItems").putArray(table);
      for (JsonNode item : items.subList(from, Math.min(items.size(), from + BATCH))) {
        writes.addObject().putObject("PutRequest").set("Item", item);
      }
      JsonNode answer = call(caller, "BatchWriteItem", request);
      if (!answer.path("UnprocessedItems").isEmpty()) {
        throw new IllegalStateException("the DynamoDB behind the stub did not write all items");
      }
    }
  }

  @Override
  public ObjectNode delete(HttpCall caller, String table) {
    JsonNode answer = call(caller, "DeleteTable", Wire.object().put("TableName", table));
    return (ObjectNode) answer.path("TableDescription");
  }

  private JsonNode call(HttpCall caller, String operation, ObjectNode members) {
    HttpAnswer answer = upstream.forward(caller.with(operation, Wire.bytes(members)));
    ObjectNode body = Wire.parse(answer.body());
    if (answer.status() != 200) {
      String type = body.path("__type").asText();
      throw AwsError.of(
          answer.status(),
          type.substring(type.indexOf('#') + 1),
          body.path("message").asText(body.path("Message").asText()));
    }
    return body;
  }
}
