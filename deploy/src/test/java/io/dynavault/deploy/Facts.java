// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settings as text, so that {@code 1}, {@code "1"} and {@code ["1"]} are the same. */
final class Facts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> facts = new TreeMap<>();

  /** Null is no fact. */
  Facts put(String name, @Nullable Object value) {
    if (value != null) {
      facts.put(
          name, value instanceof List<?> list && list.size() == 1 ? text(list) : value.toString());
    }
    return this;
  }

  Facts putAll(String prefix, Map<String, Object> values) {
    values.forEach((name, value) -> put(prefix + "." + name, value));
    return this;
  }

  Map<String, String> map() {
    return facts;
  }

  private static String text(List<?> list) {
    return String.valueOf(list.get(0));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) value;
  }

  /** The only element of a list, which is an object. */
  static Map<String, Object> only(@Nullable Object value) {
    return map(((List<?>) value).get(0));
  }

  static Map<String, Object> json(@Nullable Object text) {
    try {
      return map(JSON.readValue(String.valueOf(text), Map.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(String.valueOf(text), e);
    }
  }

  static String shortName(Object name) {
    String text = name.toString();
    if (!text.startsWith(Deployment.NAME + "-")) {
      throw new IllegalArgumentException(text + " does not begin with the stack's name");
    }
    return text.substring(Deployment.NAME.length() + 1);
  }
}
