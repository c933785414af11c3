// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.testing.stream.ScriptedStream.Expiry;
import io.dynavault.testing.table.CanonicalItem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Requests of every kind, at random: puts, updates, deletes, batches, transactions, items that
 * expire, and those that change nothing. Half of them are for a few hot keys. It says what each one
 * changes, by its own reckoning.
 */
final class Workload {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HOT = 4;
  private static final int KEYS = 60;

  private final String table;
  private final RandomGenerator random;
  private long writes;

  Workload(String table, RandomGenerator random) {
    this.table = table;
    this.random = random;
  }

  /** What is done with one item, as in a batch or a transaction. */
  private record Part(Change change, String put, String delete, String update) {}

  /** The next request to a table that holds these items. */
  WriteRequest next(Map<String, String> items) {
    int kind = random.nextInt(100);
    if (kind < 30) {
      return single("PutItem", put(key(), items));
    } else if (kind < 55) {
      return single("UpdateItem", update(key(), items));
    } else if (kind < 66) {
      return single("DeleteItem", delete(key(), items, Expiry.NOT_EXPIRED));
    } else if (kind < 72) {
      return single("DeleteItem", delete(key(), items, Expiry.EXPIRED));
    } else if (kind < 76) {
      return again(items);
    } else if (kind < 88) {
      return batch(items);
    } else {
      return transaction(items);
    }
  }

  private String key() {
    int number = random.nextBoolean() ? random.nextInt(HOT) : random.nextInt(KEYS);
    return CanonicalItem.of(
        "{\"pk\":{\"S\":\"customer#%d\"},\"sk\":{\"N\":\"%d\"}}".formatted(number % 7, number));
  }

  private WriteRequest single(String operation, Part part) {
    String what =
        switch (operation) {
          case "PutItem" -> part.put();
          case "UpdateItem" -> part.update();
          default -> part.delete();
        };
    String body =
        "{\"TableName\":\"%s\",%s}".formatted(table, what.substring(1, what.length() - 1));
    return new WriteRequest(operation, body, effective(List.of(part)));
  }

  /** A put of what is there. */
  private WriteRequest again(Map<String, String> items) {
    if (items.isEmpty()) {
      return single("PutItem", put(key(), items));
    }
    String item = List.copyOf(items.values()).get(random.nextInt(items.size()));
    return new WriteRequest(
        "PutItem", "{\"TableName\":\"%s\",\"Item\":%s}".formatted(table, item), List.of());
  }

  private WriteRequest batch(Map<String, String> items) {
    List<Part> parts = new ArrayList<>();
    List<String> requests = new ArrayList<>();
    for (String key : keys(12)) {
      boolean puts = random.nextInt(4) > 0;
      Part part = puts ? put(key, items) : delete(key, items, Expiry.NOT_EXPIRED);
      parts.add(part);
      requests.add(
          puts
              ? "{\"PutRequest\":" + part.put() + "}"
              : "{\"DeleteRequest\":" + part.delete() + "}");
    }
    return new WriteRequest(
        "BatchWriteItem",
        "{\"RequestItems\":{\"%s\":[%s]}}".formatted(table, String.join(",", requests)),
        effective(parts));
  }

  private WriteRequest transaction(Map<String, String> items) {
    List<Part> parts = new ArrayList<>();
    List<String> requests = new ArrayList<>();
    for (String key : keys(6)) {
      int kind = random.nextInt(4);
      Part part =
          kind == 0
              ? delete(key, items, Expiry.NOT_EXPIRED)
              : kind == 1 ? put(key, items) : update(key, items);
      String what =
          kind == 0
              ? "\"Delete\":" + part.delete()
              : kind == 1 ? "\"Put\":" + part.put() : "\"Update\":" + part.update();
      parts.add(part);
      requests.add(
          "{" + what.substring(0, what.length() - 1) + ",\"TableName\":\"" + table + "\"}}");
    }
    return new WriteRequest(
        "TransactWriteItems",
        "{\"TransactItems\":[" + String.join(",", requests) + "]}",
        effective(parts));
  }

  private Set<String> keys(int most) {
    Set<String> keys = new LinkedHashSet<>();
    int wanted = 2 + random.nextInt(most - 1);
    while (keys.size() < wanted) {
      keys.add(key());
    }
    return keys;
  }

  private static List<Change> effective(List<Part> parts) {
    return parts.stream()
        .map(Part::change)
        .filter(change -> !Objects.equals(change.before(), change.after()))
        .toList();
  }

  private Part put(String key, Map<String, String> items) {
    ObjectNode item = parse(key);
    item.set("version", parse("{\"N\":\"" + ++writes + "\"}"));
    item.set("text", parse("{\"S\":\"" + "é\\n\\\"x".repeat(random.nextInt(30)) + "\"}"));
    if (random.nextBoolean()) {
      item.set("tags", parse("{\"SS\":[\"b%d\",\"a\"]}".formatted(random.nextInt(9))));
    }
    if (random.nextInt(3) == 0) {
      item.set("more", parse("{\"M\":{\"l\":{\"L\":[{\"NULL\":true},{\"B\":\"/w==\"}]}}}"));
    }
    String after = CanonicalItem.of(item.toString());
    return new Part(change(key, items, after), "{\"Item\":" + after + "}", "", "");
  }

  /** Sets one attribute, removes another and counts a third, of an item that need not be there. */
  private Part update(String key, Map<String, String> items) {
    String before = items.get(key);
    ObjectNode item = parse(before == null ? key : before);
    String version = "{\"N\":\"" + ++writes + "\"}";
    long count = item.path("count").path("N").asLong(0) + 1;
    item.set("version", parse(version));
    item.remove("tags");
    item.set("count", parse("{\"N\":\"" + count + "\"}"));
    String request =
        "{\"Key\":%s,\"UpdateExpression\":\"SET #v = :v REMOVE tags ADD #c :one\",\"ExpressionAttributeNames\":{\"#v\":\"version\",\"#c\":\"count\"},\"ExpressionAttributeValues\":{\":v\":%s,\":one\":{\"N\":\"1\"}}}"
            .formatted(key, version);
    return new Part(change(key, items, CanonicalItem.of(item.toString())), "", "", request);
  }

  private static Part delete(String key, Map<String, String> items, Expiry expiry) {
    Change change = new Change(key, items.get(key), null, expiry);
    return new Part(change, "", "{\"Key\":" + key + "}", "");
  }

  private static Change change(String key, Map<String, String> items, @Nullable String after) {
    return new Change(key, items.get(key), after, Expiry.NOT_EXPIRED);
  }

  private static ObjectNode parse(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return (ObjectNode) node;
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}
