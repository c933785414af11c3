// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.dynavault.cli.output.Json;
import io.dynavault.core.history.AttributeChange;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.JsonBuffer;
import io.dynavault.format.item.PlainJson;
import io.dynavault.format.item.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Differences of attributes, for people and for programs. */
public final class AttributeText {
  /** People see the beginning of a value; programs get all of it. */
  private static final int SHOWN = 100;

  private AttributeText() {}

  /** A line for each difference, such as {@code ~ paid: false -> true}. */
  public static List<String> lines(List<AttributeChange> changes) {
    return changes.stream().map(AttributeText::line).toList();
  }

  private static String line(AttributeChange change) {
    return switch (change.kind()) {
      case ADDED -> "+ " + change.path() + ": " + plain(change.after());
      case REMOVED -> "- " + change.path() + ": " + plain(change.before());
      case CHANGED -> "~ " + change.path() + ": " + both(change);
    };
  }

  /** Values that only differ in their type, or past what is shown, are told apart. */
  private static String both(AttributeChange change) {
    boolean alike = json(change.before(), false).equals(json(change.after(), false));
    String before = cut(json(change.before(), alike));
    String after = cut(json(change.after(), alike));
    return before.equals(after) ? before + " -> (differs behind that)" : before + " -> " + after;
  }

  private static String plain(Optional<Value> value) {
    return cut(json(value, false));
  }

  private static String json(Optional<Value> value, boolean typed) {
    JsonBuffer buffer = new JsonBuffer();
    if (typed) {
      DynamoDbJson.encode(value.orElseThrow(), buffer);
    } else {
      PlainJson.encode(value.orElseThrow(), buffer);
    }
    return buffer.toString();
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "...";
  }

  /** The differences as JSON; docs/reference/json-output.md names the members. */
  public static ArrayNode json(List<AttributeChange> changes) {
    ArrayNode array = Json.array();
    for (AttributeChange change : changes) {
      ObjectNode node =
          array.addObject().put("path", change.path()).put("change", change.kind().name());
      change.before().ifPresent(value -> node.putRawValue("old", raw(value)));
      change.after().ifPresent(value -> node.putRawValue("new", raw(value)));
    }
    return array;
  }

  private static RawValue raw(Value value) {
    JsonBuffer buffer = new JsonBuffer();
    DynamoDbJson.encode(value, buffer);
    return new RawValue(buffer.toString());
  }

  /** Adds an item in DynamoDB JSON, where there is one. */
  public static void put(ObjectNode node, String name, Optional<Item> item) {
    item.ifPresent(
        found ->
            node.putRawValue(
                name,
                new RawValue(new String(DynamoDbJson.encode(found), StandardCharsets.UTF_8))));
  }
}
