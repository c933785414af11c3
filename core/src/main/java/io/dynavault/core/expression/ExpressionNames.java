// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.JsonDocument;
import io.dynavault.format.FormatException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The attribute names that placeholders such as {@code #status} stand for in an expression (AWS:
 * ExpressionAttributeNames).
 */
public record ExpressionNames(Map<String, String> names) {
  private static final int MAX_PLACEHOLDER = 255;
  private static final int MAX_NAME_BYTES = 65535;

  /**
   * @throws DynavaultException FILTER_INVALID if a placeholder is not # and then letters, digits or
   *     underscores, or a name is empty or too long
   */
  public ExpressionNames {
    names = Map.copyOf(names);
    names.forEach(ExpressionNames::check);
  }

  /** For expressions that have no such placeholders. */
  public static ExpressionNames none() {
    return new ExpressionNames(Map.of());
  }

  /**
   * Reads the JSON object that the AWS CLI takes: {@code {"#s":"status"}}.
   *
   * @throws DynavaultException FILTER_INVALID if it is not such an object or has no entry
   */
  public static ExpressionNames parse(String json) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object(json).properties()) {
      if (!entry.getValue().isTextual()) {
        throw invalid("the name for '%s' is not a string".formatted(entry.getKey()));
      }
      names.put(entry.getKey(), entry.getValue().textValue());
    }
    if (names.isEmpty()) {
      throw invalid("there is none");
    }
    return new ExpressionNames(names);
  }

  private static JsonNode object(String json) {
    try {
      return JsonDocument.read("text", json.getBytes(UTF_8)).node();
    } catch (FormatException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private static void check(String placeholder, String name) {
    if (!ExpressionLexer.isPlaceholder(placeholder, '#')) {
      throw invalid("'%s' is not # and then letters, digits or underscores".formatted(placeholder));
    }
    if (placeholder.length() > MAX_PLACEHOLDER) {
      throw invalid("a placeholder has more than " + MAX_PLACEHOLDER + " characters");
    }
    if (name.isEmpty()) {
      throw invalid("the name for '%s' is empty".formatted(placeholder));
    }
    if (name.getBytes(UTF_8).length > MAX_NAME_BYTES) {
      throw invalid("the name for '%s' is over %d bytes".formatted(placeholder, MAX_NAME_BYTES));
    }
  }

  private static DynavaultException invalid(String reason) {
    return new DynavaultException(
        ErrorCode.FILTER_INVALID,
        "unable to read the expression attribute names: " + reason,
        "write them as JSON such as {\"#s\":\"status\"}");
  }
}
