// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The tables of a stub that has no DynamoDB behind it: those that the test declared or that its
 * calls made, one set for all regions. Items come from the test, not from requests.
 */
final class DeclaredTables implements StubTables, ServiceArea {
  private static final ObjectNode NO_TIME_TO_LIVE =
      Wire.object().put("TimeToLiveStatus", "DISABLED");

  /** A table: its description, its items and its time to live. */
  private static final class Table {
    final ObjectNode description;
    final List<JsonNode> items;
    final Map<String, String> tags = new TreeMap<>();
    ObjectNode timeToLive = NO_TIME_TO_LIVE;

    Table(ObjectNode description, List<JsonNode> items) {
      this.description = description;
      this.items = List.copyOf(items);
    }
  }

  private final InstantSource clock;
  private final TreeMap<String, Table> tables = new TreeMap<>();

  DeclaredTables(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void register(Operations operations) {
    operations.dynamoDb("DescribeTable", this::describeTable);
    operations.dynamoDb("ListTables", this::listTables);
    operations.dynamoDb("CreateTable", this::createTable);
    operations.dynamoDb("DeleteTable", this::deleteTable);
    operations.dynamoDb("UpdateTable", this::updateTable);
    operations.dynamoDb("Scan", this::scan);
    operations.dynamoDb("DescribeTimeToLive", this::describeTimeToLive);
    operations.dynamoDb("UpdateTimeToLive", this::updateTimeToLive);
    operations.dynamoDb("TagResource", this::tag);
    operations.dynamoDb("ListTagsOfResource", this::listTags);
  }

  @Override
  public Optional<ObjectNode> describe(HttpCall caller, String table) {
    return Optional.ofNullable(tables.get(table)).map(found -> found.description.deepCopy());
  }

  @Override
  public ObjectNode timeToLive(HttpCall caller, String table) {
    return existing(table).timeToLive.deepCopy();
  }

  @Override
  public List<JsonNode> items(HttpCall caller, String table) {
    return existing(table).items;
  }

  @Override
  public void create(HttpCall caller, ObjectNode definition, List<JsonNode> items) {
    create(caller.region(), definition, items);
  }

  ObjectNode create(String region, ObjectNode definition, List<JsonNode> items) {
    String name = definition.path("TableName").asText();
    if (tables.containsKey(name)) {
      throw AwsError.of("ResourceInUseException", "Table already exists: " + name);
    }
    ObjectNode description = description(region, definition);
    description.put("ItemCount", items.size());
    Table table = new Table(description, items);
    for (JsonNode tag : definition.path("Tags")) {
      table.tags.put(tag.path("Key").asText(), tag.path("Value").asText());
    }
    tables.put(name, table);
    return description;
  }

  @Override
  public ObjectNode delete(HttpCall caller, String table) {
    ObjectNode description = existing(table).description;
    tables.remove(table);
    return description.put("TableStatus", "DELETING");
  }

  /** Replaces what a table has: what it was is only known where it was remembered. */
  void replaceItems(String table, List<JsonNode> items) {
    Table found = existing(table);
    ObjectNode description = found.description.deepCopy();
    description.put("ItemCount", items.size());
    Table replaced = new Table(description, items);
    replaced.timeToLive = found.timeToLive;
    tables.put(table, replaced);
  }

  private ObjectNode description(String region, ObjectNode definition) {
    ObjectNode description = definition.deepCopy();
    String name = definition.path("TableName").asText();
    description.remove(List.of("BillingMode", "Tags", "TableClass"));
    description.put("TableStatus", "ACTIVE");
    description.put("CreationDateTime", Wire.seconds(clock.instant()));
    description.put("TableSizeBytes", 0);
    description.put("TableArn", StubContext.tableArn(region, name));
    description.put("TableId", UUID.randomUUID().toString());
    boolean onDemand = definition.path("BillingMode").asText().equals("PAY_PER_REQUEST");
    if (onDemand) {
      description.putObject("BillingModeSummary").put("BillingMode", "PAY_PER_REQUEST");
      description.set("ProvisionedThroughput", noThroughput());
    }
    if (definition.has("TableClass")) {
      description
          .putObject("TableClassSummary")
          .put("TableClass", definition.path("TableClass").asText());
    }
    for (JsonNode index : description.path("GlobalSecondaryIndexes")) {
      ObjectNode live = (ObjectNode) index;
      live.put("IndexStatus", "ACTIVE");
      if (onDemand) {
        live.set("ProvisionedThroughput", noThroughput());
      }
    }
    return description;
  }

  private static ObjectNode noThroughput() {
    return Wire.object()
        .put("NumberOfDecreasesToday", 0)
        .put("ReadCapacityUnits", 0)
        .put("WriteCapacityUnits", 0);
  }

  private JsonNode describeTable(StubRequest request) {
    ObjectNode answer = Wire.object();
    answer.set("Table", existing(name(request)).description);
    return answer;
  }

  private JsonNode listTables(StubRequest request) {
    int limit = request.integer("Limit").orElse(100);
    String after = request.text("ExclusiveStartTableName").orElse("");
    ObjectNode answer = Wire.object();
    ArrayNode names = answer.putArray("TableNames");
    for (String name : tables.tailMap(after, false).keySet()) {
      if (names.size() == limit) {
        answer.put("LastEvaluatedTableName", names.get(limit - 1).asText());
        break;
      }
      names.add(name);
    }
    return answer;
  }

  private JsonNode createTable(StubRequest request) {
    ObjectNode answer = Wire.object();
    answer.set("TableDescription", create(request.region(), request.members(), List.of()));
    return answer;
  }

  private JsonNode deleteTable(StubRequest request) {
    ObjectNode answer = Wire.object();
    answer.set("TableDescription", delete(request.call(), name(request)));
    return answer;
  }

  /** Stream, deletion protection and table class; nothing else. */
  private JsonNode updateTable(StubRequest request) {
    ObjectNode description = existing(name(request)).description;
    ObjectNode members = request.members();
    if (members.has("StreamSpecification")) {
      description.set("StreamSpecification", members.get("StreamSpecification"));
    }
    if (members.has("DeletionProtectionEnabled")) {
      description.set("DeletionProtectionEnabled", members.get("DeletionProtectionEnabled"));
    }
    if (members.has("TableClass")) {
      description.putObject("TableClassSummary").set("TableClass", members.get("TableClass"));
    }
    ObjectNode answer = Wire.object();
    answer.set("TableDescription", description);
    return answer;
  }

  private JsonNode scan(StubRequest request) {
    ObjectNode answer = Wire.object();
    List<JsonNode> found =
        request.integer("Segment").orElse(0) == 0 ? existing(name(request)).items : List.of();
    if (!request.text("Select").orElse("").equals("COUNT")) {
      found.forEach(answer.putArray("Items")::add);
    }
    return answer.put("Count", found.size()).put("ScannedCount", found.size());
  }

  private JsonNode describeTimeToLive(StubRequest request) {
    ObjectNode answer = Wire.object();
    answer.set("TimeToLiveDescription", existing(name(request)).timeToLive);
    return answer;
  }

  private JsonNode updateTimeToLive(StubRequest request) {
    JsonNode wanted = request.members().path("TimeToLiveSpecification");
    existing(name(request)).timeToLive =
        wanted.path("Enabled").asBoolean()
            ? Wire.object()
                .put("TimeToLiveStatus", "ENABLED")
                .put("AttributeName", wanted.path("AttributeName").asText())
            : NO_TIME_TO_LIVE;
    ObjectNode answer = Wire.object();
    answer.set("TimeToLiveSpecification", wanted);
    return answer;
  }

  private JsonNode tag(StubRequest request) {
    Map<String, String> tags = tagged(request).tags;
    for (JsonNode tag : request.members().path("Tags")) {
      tags.put(tag.path("Key").asText(), tag.path("Value").asText());
    }
    return Wire.object();
  }

  private JsonNode listTags(StubRequest request) {
    ObjectNode answer = Wire.object();
    ArrayNode tags = answer.putArray("Tags");
    tagged(request)
        .tags
        .forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
    return answer;
  }

  private Table tagged(StubRequest request) {
    return existing(StubContext.tableName(request.required("ResourceArn")));
  }

  private static String name(StubRequest request) {
    return StubContext.tableName(request.required("TableName"));
  }

  private Table existing(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw AwsError.of(
          "ResourceNotFoundException",
          "Requested resource not found: Table: " + name + " not found");
    }
    return table;
  }
}
