// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.JsonBuffer;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The request that changes one item, on the condition that it still has the attributes that were
 * seen: those that change, and of the others as many as an expression can hold. What changes a few
 * attributes is an UpdateItem of these, so that one which somebody adds meanwhile stays.
 *
 * <p>An expression has at most 4 KB and 300 operators and functions (DynamoDB Developer Guide,
 * "Quotas: expression parameters"), and none can say that an item has no other attributes. {@link
 * SwapWriter} looks at the rest in the answer, which has the item as it was.
 */
final class SwapRequest {
  /** With the ANDs between them 299 operators. */
  static final int MOST_CONDITIONS = 150;

  /** More changed attributes make the condition too long; then the item is put as a whole. */
  static final int MOST_CHANGES = 100;

  private static final int LONGEST_EXPRESSION = 4096;

  private final KeyReader keys;
  private final ItemSwap swap;
  private final Map<String, ItemSwap.Change> changes;
  private final List<String> names = new ArrayList<>();
  private final Map<String, String> nameOf = new LinkedHashMap<>();
  private final List<Value> values = new ArrayList<>();

  private SwapRequest(KeyReader keys, ItemSwap swap) {
    this.keys = keys;
    this.swap = swap;
    this.changes = swap.changes();
  }

  /** A composed request. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Composed(String operation, byte[] body) {}

  static Composed of(String table, KeyReader keys, ItemSwap swap) {
    return new SwapRequest(keys, swap).compose(table);
  }

  /** Whether only the attributes that differ are written. */
  static boolean isUpdate(ItemSwap swap) {
    return swap.kind() == ItemSwap.Kind.REPLACE && swap.changes().size() <= MOST_CHANGES;
  }

  private Composed compose(String table) {
    JsonBuffer body = new JsonBuffer();
    body.append("{\"TableName\":").appendString(table);
    body.append(",\"ReturnConsumedCapacity\":\"TOTAL\",\"ReturnValues\":\"ALL_OLD\"");
    String condition = condition();
    String operation;
    Optional<Item> after = swap.after();
    if (after.isEmpty()) {
      operation = "DeleteItem";
      key(body);
    } else if (isUpdate(swap)) {
      operation = "UpdateItem";
      key(body);
      body.append(",\"UpdateExpression\":\"").append(update()).append('"');
    } else {
      operation = "PutItem";
      body.append(",\"Item\":");
      DynamoDbJson.encode(after.get(), body);
    }
    body.append(",\"ConditionExpression\":\"").append(condition).append('"');
    placeholders(body);
    return new Composed(operation, body.append('}').toByteArray());
  }

  private void key(JsonBuffer body) {
    body.append(",\"Key\":");
    DynamoDbJson.encode(keys.attributes(swap.key()), body);
  }

  private String condition() {
    String partitionKey = name(keys.schema().partitionKey().name());
    if (swap.before().isEmpty()) {
      return "attribute_not_exists(" + partitionKey + ")";
    }
    StringBuilder condition = new StringBuilder("attribute_exists(" + partitionKey + ")");
    int count = 1;
    for (String attribute : conditioned()) {
      // The longest that a condition can get, by three digits.
      if (count == MOST_CONDITIONS
          || condition.length() + " AND attribute_not_exists(#000)".length() > LONGEST_EXPRESSION) {
        break;
      }
      condition.append(" AND ").append(unchanged(attribute));
      count++;
    }
    return condition.toString();
  }

  /** Names of attributes to look at, those that change first. */
  private List<String> conditioned() {
    List<String> attributes = new ArrayList<>(changes.keySet());
    for (String name : swap.before().orElseThrow().attributes().keySet()) {
      if (!changes.containsKey(name) && !isKey(name)) {
        attributes.add(name);
      }
    }
    attributes.removeIf(this::isKey); // a delete changes the key, too
    return attributes;
  }

  private boolean isKey(String name) {
    return name.equals(keys.schema().partitionKey().name())
        || keys.schema().sortKey().filter(sort -> name.equals(sort.name())).isPresent();
  }

  private String unchanged(String attribute) {
    Optional<Value> seen = swap.before().orElseThrow().attribute(attribute);
    return seen.isPresent()
        ? name(attribute) + "=" + value(seen.get())
        : "attribute_not_exists(" + name(attribute) + ")";
  }

  private String update() {
    List<String> set = new ArrayList<>();
    List<String> remove = new ArrayList<>();
    changes.forEach(
        (name, change) -> {
          if (change.after().isPresent()) {
            set.add(name(name) + "=" + value(change.after().get()));
          } else {
            remove.add(name(name));
          }
        });
    String sets = set.isEmpty() ? "" : "SET " + String.join(",", set);
    String removes = remove.isEmpty() ? "" : "REMOVE " + String.join(",", remove);
    return sets.isEmpty() || removes.isEmpty() ? sets + removes : sets + " " + removes;
  }

  private String name(String attribute) {
    return nameOf.computeIfAbsent(
        attribute,
        unused -> {
          names.add(attribute);
          return "#" + (names.size() - 1);
        });
  }

  private String value(Value value) {
    values.add(value);
    return ":" + (values.size() - 1);
  }

  private void placeholders(JsonBuffer body) {
    body.append(",\"ExpressionAttributeNames\":{");
    for (int i = 0; i < names.size(); i++) {
      body.append(i == 0 ? "\"#" : ",\"#").append(Integer.toString(i)).append("\":");
      body.appendString(names.get(i));
    }
    body.append('}');
    if (values.isEmpty()) {
      return;
    }
    body.append(",\"ExpressionAttributeValues\":{");
    for (int i = 0; i < values.size(); i++) {
      body.append(i == 0 ? "\":" : ",\":").append(Integer.toString(i)).append("\":");
      DynamoDbJson.encode(values.get(i), body);
    }
    body.append('}');
  }
}
