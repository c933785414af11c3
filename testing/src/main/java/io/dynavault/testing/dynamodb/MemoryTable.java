// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * The items of one table, in the order of the hash of their partition keys, as segments are cut.
 * Guarded by the lock of its owner.
 */
final class MemoryTable {
  private static final int LONGEST_KEY = 2048;

  /** Where an item stands: order within a partition is by the key's text, not by DynamoDB's. */
  private record Place(long hash, String key) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byHash = Long.compare(hash, other.hash);
      return byHash == 0 ? key.compareTo(other.key) : byHash;
    }
  }

  private record Stored(String json, ObjectNode key, int bytes) {}

  /** One page of a scan. */
  record Page(List<String> items, Optional<ObjectNode> lastKey, long bytes) {}

  final TableDescription description;
  private final List<String> keyNames;
  private final TreeMap<Place, Stored> items = new TreeMap<>();

  MemoryTable(CreateTableRequest request, TableDescription description) {
    this.description = requireNonNull(description, "description is null");
    this.keyNames = request.keySchema().stream().map(key -> key.attributeName()).toList();
  }

  /** The same items, which are changed apart from the other's. */
  MemoryTable(MemoryTable other) {
    this.description = other.description;
    this.keyNames = other.keyNames;
    this.items.putAll(other.items);
  }

  void put(JsonNode item) {
    ObjectNode key = keyOf(item, false);
    String json = item.toString();
    items.put(place(key), new Stored(json, key, json.getBytes(UTF_8).length));
  }

  void delete(JsonNode key) {
    items.remove(place(keyOf(key, true)));
  }

  Optional<String> get(JsonNode key) {
    return Optional.ofNullable(items.get(place(keyOf(key, true)))).map(Stored::json);
  }

  boolean has(JsonNode item) {
    return items.containsKey(place(keyOf(item, false)));
  }

  /** What identifies the item that a request is about. */
  Object identity(JsonNode itemOrKey, boolean keyOnly) {
    return place(keyOf(itemOrKey, keyOnly));
  }

  /** All items by their keys. */
  SortedMap<String, String> contents() {
    SortedMap<String, String> contents = new TreeMap<>();
    items.values().forEach(stored -> contents.put(stored.key().toString(), stored.json()));
    return contents;
  }

  Page scan(int segment, int total, int limit, long pageBytes, @Nullable JsonNode startKey) {
    long first = ceilDiv((long) segment << 32, total);
    long behind = ceilDiv((long) (segment + 1) << 32, total);
    SortedMap<Place, Stored> rest = items.subMap(new Place(first, ""), new Place(behind, ""));
    List<String> page = new ArrayList<>();
    long bytes = 0;
    @Nullable Place start = startKey == null ? null : place(keyOf(startKey, true));
    for (var entry : rest.entrySet()) {
      if (start != null && entry.getKey().compareTo(start) <= 0) {
        continue;
      }
      Stored stored = entry.getValue();
      page.add(stored.json());
      bytes += stored.bytes();
      if (page.size() == limit || bytes >= pageBytes) {
        return new Page(page, Optional.of(stored.key()), bytes);
      }
    }
    return new Page(page, Optional.empty(), bytes);
  }

  private static long ceilDiv(long number, int divisor) {
    return (number + divisor - 1) / divisor;
  }

  private ObjectNode keyOf(JsonNode item, boolean keyOnly) {
    if (keyOnly && item.size() != keyNames.size()) {
      throw invalid("The provided key element does not match the schema");
    }
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    for (String name : keyNames) {
      JsonNode value = item.get(name);
      String type = type(name);
      if (value == null || !value.has(type)) {
        throw invalid("One or more parameter values were invalid: key " + name);
      }
      String text = value.get(type).textValue();
      if (text.isEmpty() || text.length() > LONGEST_KEY) {
        throw invalid("One or more parameter values are not valid: key " + name);
      }
      key.set(name, value);
    }
    return key;
  }

  private String type(String keyName) {
    return description.attributeDefinitions().stream()
        .filter(attribute -> attribute.attributeName().equals(keyName))
        .map(attribute -> attribute.attributeTypeAsString())
        .findFirst()
        .orElseThrow();
  }

  private Place place(ObjectNode key) {
    CRC32 hash = new CRC32();
    hash.update(canonical(key.get(keyNames.get(0))).getBytes(UTF_8));
    StringBuilder text = new StringBuilder();
    keyNames.forEach(name -> text.append(canonical(key.get(name))).append('\n'));
    return new Place(hash.getValue(), text.toString());
  }

  /** Numbers that are equal are the same key, however they are written. */
  private static String canonical(JsonNode value) {
    return value.has("N")
        ? new BigDecimal(value.get("N").textValue()).stripTrailingZeros().toString()
        : value.toString();
  }

  private static RuntimeException invalid(String message) {
    return ServiceError.validation(message).ofTransport();
  }
}
