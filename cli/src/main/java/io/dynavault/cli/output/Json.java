// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** Builds and writes the JSON of {@code --json}: camelCase names, RFC 3339 times, bytes. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** An RFC 3339 time in UTC with milliseconds where there are any. */
  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** Seconds with up to three decimals. */
  public static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** A map of texts as an object with sorted names. */
  public static ObjectNode texts(Map<String, String> map) {
    ObjectNode object = object();
    new TreeMap<>(map).forEach(object::put);
    return object;
  }

  /** One line, for JSON lines. */
  public static String line(JsonNode node) {
    return write(MAPPER, node);
  }

  /** Several indented lines, for a document that people may look at. */
  public static String document(JsonNode node) {
    return write(MAPPER.copy().enable(SerializationFeature.INDENT_OUTPUT), node);
  }

  private static String write(ObjectMapper mapper, JsonNode node) {
    try {
      return mapper.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("unable to write JSON", e);
    }
  }
}
