// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.format.FormatException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The fields of one JSON object, read strictly: what is missing or has another form is a {@link
 * FormatException} that names it. Fields that nobody asks for are ignored; {@code null} counts as
 * absent.
 */
public final class JsonFields {
  private final String path;
  private final JsonNode node;

  /**
   * @param path what the object is, for errors
   */
  public JsonFields(String path, JsonNode node) {
    this.path = path;
    this.node = node;
    if (!node.isObject()) {
      throw new FormatException(path + " is not a JSON object");
    }
  }

  /** The error for a field whose value is not acceptable. */
  public FormatException invalid(String field, String problem) {
    return new FormatException(path + ": '" + field + "' " + problem);
  }

  /** A string that must be there. */
  public String text(String field) {
    return optionalText(field).orElseThrow(() -> invalid(field, "is missing"));
  }

  public Optional<String> optionalText(String field) {
    if (!has(field)) {
      return Optional.empty();
    }
    if (!node.get(field).isTextual()) {
      throw invalid(field, "is not a string");
    }
    return Optional.of(node.get(field).textValue());
  }

  /** True or false; the field must be there. */
  public boolean requiredFlag(String field) {
    if (!has(field)) {
      throw invalid(field, "is missing");
    }
    return flag(field);
  }

  /** True or false; false where the field is absent. */
  public boolean flag(String field) {
    if (!has(field)) {
      return false;
    }
    if (!node.get(field).isBoolean()) {
      throw invalid(field, "is not true or false");
    }
    return node.get(field).booleanValue();
  }

  /** A whole number that must be there. */
  public long number(String field) {
    return optionalNumber(field).orElseThrow(() -> invalid(field, "is missing"));
  }

  public OptionalLong optionalNumber(String field) {
    if (!has(field)) {
      return OptionalLong.empty();
    }
    if (!node.get(field).isIntegralNumber() || !node.get(field).canConvertToLong()) {
      throw invalid(field, "is not a whole number");
    }
    return OptionalLong.of(node.get(field).longValue());
  }

  /** The constant of that name; the field must be there. */
  public <E extends Enum<E>> E constant(String field, Class<E> type) {
    String text = text(field);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(text))
        .findFirst()
        .orElseThrow(() -> invalid(field, "is not one that this version knows: " + text));
  }

  /** A nested object that must be there. */
  public JsonFields object(String field) {
    return optionalObject(field).orElseThrow(() -> invalid(field, "is missing"));
  }

  public Optional<JsonFields> optionalObject(String field) {
    return has(field)
        ? Optional.of(new JsonFields(path + "." + field, node.get(field)))
        : Optional.empty();
  }

  /** The objects of an array; none where the field is absent. */
  public List<JsonFields> objects(String field) {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode element : array(field)) {
      objects.add(new JsonFields(path + "." + field + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  /** The strings of an array; none where the field is absent. */
  public List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(field)) {
      if (!element.isTextual()) {
        throw invalid(field, "is not an array of strings");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /** An object of strings by name; empty where the field is absent. */
  public Map<String, String> textMap(String field) {
    Map<String, String> texts = new TreeMap<>();
    if (has(field)) {
      JsonFields map = object(field);
      map.node.fieldNames().forEachRemaining(name -> texts.put(name, map.text(name)));
    }
    return texts;
  }

  /** A time that must be there, in RFC 3339. */
  public Instant time(String field) {
    return optionalTime(field).orElseThrow(() -> invalid(field, "is missing"));
  }

  public Optional<Instant> optionalTime(String field) {
    return optionalText(field).map(text -> time(field, text));
  }

  /** The whole object as it was read. */
  public JsonNode node() {
    return node;
  }

  private Instant time(String field, String text) {
    try {
      return Rfc3339.parse(text);
    } catch (DateTimeException e) {
      throw invalid(field, "is not a time in RFC 3339");
    }
  }

  private boolean has(String field) {
    return node.hasNonNull(field);
  }

  private Iterable<JsonNode> array(String field) {
    if (!has(field)) {
      return List.of();
    }
    if (!node.get(field).isArray()) {
      throw invalid(field, "is not an array");
    }
    return node.get(field);
  }
}
