// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local.demo;

import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Writes attribute values as DynamoDB JSON. */
public final class AttributeJson {
  private AttributeJson() {}

  public static String string(String value) {
    return "{\"S\":" + quoted(value) + "}";
  }

  /** A number from its text, which is kept as it is. */
  public static String number(String text) {
    return "{\"N\":\"" + text + "\"}";
  }

  public static String binary(byte[] value) {
    return "{\"B\":" + base64(value) + "}";
  }

  public static String bool(boolean value) {
    return "{\"BOOL\":" + value + "}";
  }

  public static String none() {
    return "{\"NULL\":true}";
  }

  public static String strings(Collection<String> values) {
    return values.stream().map(AttributeJson::quoted).collect(in("{\"SS\":[", "]}"));
  }

  public static String numbers(Collection<String> texts) {
    return texts.stream().map(AttributeJson::quoted).collect(in("{\"NS\":[", "]}"));
  }

  public static String binaries(Collection<byte[]> values) {
    return values.stream().map(AttributeJson::base64).collect(in("{\"BS\":[", "]}"));
  }

  /** A list of values that are DynamoDB JSON already. */
  public static String list(Collection<String> values) {
    return values.stream().collect(in("{\"L\":[", "]}"));
  }

  /** A map of values that are DynamoDB JSON already. */
  public static String map(Map<String, String> values) {
    return "{\"M\":" + item(values) + "}";
  }

  /** An item, in the order of the map, of values that are DynamoDB JSON already. */
  public static String item(Map<String, String> attributes) {
    return attributes.entrySet().stream()
        .map(attribute -> quoted(attribute.getKey()) + ":" + attribute.getValue())
        .collect(in("{", "}"));
  }

  /** A JSON string: escapes what JSON says must be escaped, and nothing else. */
  public static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static String base64(byte[] value) {
    return '"' + Base64.getEncoder().encodeToString(value) + '"';
  }

  private static Collector<CharSequence, ?, String> in(String open, String close) {
    return Collectors.joining(",", open, close);
  }
}
