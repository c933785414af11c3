// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Terraform's functions that the module calls. */
final class HclFunctions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private HclFunctions() {}

  static @Nullable Object call(String name, List<@Nullable Object> arguments) {
    Object first = arguments.get(0);
    return switch (name) {
      case "tostring" -> HclValues.string(first);
      case "toset" -> HclValues.list(first).stream().distinct().toList();
      case "length" -> BigDecimal.valueOf(HclValues.entries(first).size());
      case "contains" -> HclValues.list(first).contains(arguments.get(1));
      case "replace" ->
          HclValues.string(first)
              .replace(HclValues.string(arguments.get(1)), HclValues.string(arguments.get(2)));
      case "jsonencode" -> json(first);
      case "merge" -> merged(arguments);
      case "alltrue" -> HclValues.list(first).stream().allMatch(HclValues::isTrue);
      case "concat" -> concatenated(arguments);
      case "flatten" -> concatenated(HclValues.list(first));
      case "coalescelist" ->
          arguments.stream()
              .filter(list -> !HclValues.list(list).isEmpty())
              .findFirst()
              .orElseThrow();
      case "one" -> HclValues.list(first).isEmpty() ? null : HclValues.list(first).get(0);
      // Constraints of types: an object is its optional attributes.
      case "object" -> first;
      case "optional" -> arguments.size() > 1 ? arguments.get(1) : null;
      case "list", "map" -> "a " + name;
      default -> throw new IllegalArgumentException("function " + name);
    };
  }

  private static Map<String, Object> merged(List<?> maps) {
    Map<String, Object> merged = new LinkedHashMap<>();
    maps.forEach(
        map ->
            HclValues.entries(map)
                .forEach(e -> merged.put(HclValues.string(e.getKey()), e.getValue())));
    return merged;
  }

  private static List<Object> concatenated(List<?> lists) {
    List<Object> all = new ArrayList<>();
    lists.forEach(list -> all.addAll(HclValues.list(list)));
    return all;
  }

  /** As Terraform writes it: keys in order, and what could end a script element escaped. */
  private static String json(@Nullable Object value) {
    Object sorted = value instanceof Map<?, ?> map ? new TreeMap<>(map) : value;
    try {
      return JSON.writeValueAsString(sorted)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(String.valueOf(value), e);
    }
  }
}
