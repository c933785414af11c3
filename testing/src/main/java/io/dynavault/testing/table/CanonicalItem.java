// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An item as text that is equal for equal items: without what has no meaning, with all else. */
public final class CanonicalItem {
  private static final Set<String> SETS = Set.of("SS", "NS", "BS");

  private CanonicalItem() {}

  /** The text of an item in DynamoDB JSON. */
  public static String of(String json) {
    try {
      return of(Json.MAPPER.readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String of(JsonNode item) {
    return attributes(item).toString();
  }

  private static ObjectNode attributes(JsonNode map) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    map.properties().forEach(field -> sorted.put(field.getKey(), value(field.getValue())));
    ObjectNode attributes = Json.MAPPER.createObjectNode();
    attributes.setAll(sorted);
    return attributes;
  }

  private static JsonNode value(JsonNode value) {
    if (value.size() != 1) {
      throw new IllegalArgumentException("not a value in DynamoDB JSON: " + value);
    }
    Map.Entry<String, JsonNode> tagged = value.properties().iterator().next();
    ObjectNode canonical = Json.MAPPER.createObjectNode();
    canonical.set(tagged.getKey(), content(tagged.getKey(), tagged.getValue()));
    return canonical;
  }

  private static JsonNode content(String type, JsonNode content) {
    if (type.equals("M")) {
      return attributes(content);
    }
    if (type.equals("L")) {
      ArrayNode list = Json.MAPPER.createArrayNode();
      content.forEach(element -> list.add(value(element)));
      return list;
    }
    if (SETS.contains(type)) {
      List<JsonNode> elements = new ArrayList<>();
      content.forEach(elements::add);
      elements.sort(Comparator.comparing(JsonNode::textValue));
      return Json.MAPPER.createArrayNode().addAll(elements);
    }
    return content;
  }
}
