// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.table;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.local.demo.DemoTable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table in a running DynamoDB Local. */
public final class LiveTable {
  /** DynamoDB's limit of puts per BatchWriteItem. */
  private static final int BATCH = 25;

  /** Characters per BatchWriteItem: far below DynamoDB's 16 MB. */
  private static final int BATCH_CHARACTERS = 4_000_000;

  private final DynamoDbJsonClient client;
  private final String name;

  private LiveTable(DynamoDbJsonClient client, String name) {
    this.client = client;
    this.name = requireNonNull(name, "name is null");
  }

  /** A table that exists. */
  public static LiveTable of(URI endpoint, String name) {
    return new LiveTable(new DynamoDbJsonClient(endpoint), name);
  }

  /** Creates the table without its items. */
  public static LiveTable create(URI endpoint, DemoTable table) {
    LiveTable live = of(endpoint, table.name());
    live.client.call("CreateTable", table.createTableRequest());
    table
        .updateTimeToLiveRequest()
        .ifPresent(request -> live.client.call("UpdateTimeToLive", request));
    return live;
  }

  /** Creates the table with its items. */
  public static LiveTable createFilled(URI endpoint, DemoTable table) {
    LiveTable live = create(endpoint, table);
    live.putAll(table.items());
    return live;
  }

  public String name() {
    return name;
  }

  /** Writes items in DynamoDB JSON. */
  public void putAll(Stream<String> items) {
    List<String> puts = new ArrayList<>();
    int characters = 0;
    for (Iterator<String> iterator = items.iterator(); iterator.hasNext(); ) {
      String item = iterator.next();
      if (puts.size() == BATCH || characters + item.length() > BATCH_CHARACTERS) {
        write(puts);
        puts.clear();
        characters = 0;
      }
      puts.add("{\"PutRequest\":{\"Item\":" + item + "}}");
      characters += item.length();
    }
    if (!puts.isEmpty()) {
      write(puts);
    }
  }

  private void write(List<String> puts) {
    JsonNode answer =
        client.call(
            "BatchWriteItem",
            "{\"RequestItems\":{\"" + name + "\":[" + String.join(",", puts) + "]}}");
    if (!answer.path("UnprocessedItems").isEmpty()) {
      throw new IllegalStateException("DynamoDB Local left items unprocessed: " + answer);
    }
  }

  /** Writes one item in DynamoDB JSON. */
  public void put(String item) {
    client.call("PutItem", "{\"TableName\":\"" + name + "\",\"Item\":" + item + "}");
  }

  /** Deletes the item with a key in DynamoDB JSON. */
  public void delete(String key) {
    client.call("DeleteItem", "{\"TableName\":\"" + name + "\",\"Key\":" + key + "}");
  }

  /** Deletes the table. */
  public void drop() {
    client.call("DeleteTable", "{\"TableName\":\"" + name + "\"}");
  }

  /** Whether the server has it. */
  public boolean exists() {
    try {
      return !description().isMissingNode();
    } catch (RefusedRequestException e) {
      if (String.valueOf(e.getMessage()).contains("ResourceNotFoundException")) {
        return false;
      }
      throw e;
    }
  }

  /** What DescribeTable answers, below {@code Table}. */
  public JsonNode description() {
    return client.call("DescribeTable", "{\"TableName\":\"" + name + "\"}").path("Table");
  }

  /**
   * All items by their keys, both in DynamoDB JSON. Attributes and the elements of sets are sorted,
   * because they have no order; numbers are the text and binaries the base64 that the server gave.
   */
  public SortedMap<String, String> contents() {
    List<String> keyNames = new ArrayList<>();
    description()
        .path("KeySchema")
        .forEach(element -> keyNames.add(element.path("AttributeName").textValue()));
    SortedMap<String, String> contents = new TreeMap<>();
    JsonNode lastKey = null;
    do {
      JsonNode page = client.call("Scan", scanRequest(lastKey));
      page.path("Items").forEach(item -> add(contents, keyNames, item));
      lastKey = page.get("LastEvaluatedKey");
    } while (lastKey != null);
    return contents;
  }

  private String scanRequest(@Nullable JsonNode lastKey) {
    ObjectNode request = Json.MAPPER.createObjectNode();
    request.put("TableName", name);
    request.put("ConsistentRead", true);
    if (lastKey != null) {
      request.set("ExclusiveStartKey", lastKey);
    }
    return request.toString();
  }

  private static void add(
      SortedMap<String, String> contents, List<String> keyNames, JsonNode item) {
    ObjectNode key = Json.MAPPER.createObjectNode();
    for (String keyName : keyNames) {
      key.set(keyName, requireNonNull(item.get(keyName), "the item has no key"));
    }
    String former = contents.put(CanonicalItem.of(key), CanonicalItem.of(item));
    if (former != null) {
      throw new IllegalStateException("two items have the key " + key);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
