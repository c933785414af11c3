// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Value;
import java.util.Map;

/**
 * The values that placeholders such as {@code :status} stand for in an expression (AWS:
 * ExpressionAttributeValues).
 */
public record ExpressionValues(Map<String, Value> values) {
  private static final int MAX_PLACEHOLDER = 255;
  private static final String HINT =
      "write them as DynamoDB JSON such as {\":s\":{\"S\":\"open\"},\":n\":{\"N\":\"5\"}}";

  /**
   * @throws DynavaultException FILTER_INVALID if a placeholder is not : and then letters, digits or
   *     underscores
   */
  public ExpressionValues {
    values = Map.copyOf(values);
    values.keySet().forEach(ExpressionValues::check);
  }

  /** For expressions that have no such placeholders. */
  public static ExpressionValues none() {
    return new ExpressionValues(Map.of());
  }

  /**
   * Reads the JSON object that the AWS CLI takes: {@code {":s":{"S":"open"}}}.
   *
   * @throws DynavaultException FILTER_INVALID if it is not such an object, a value is none that
   *     DynamoDB accepts, or there is no entry
   */
  public static ExpressionValues parse(String json) {
    Map<String, Value> values;
    try {
      values = DynamoDbJson.decode(json.getBytes(UTF_8)).attributes();
    } catch (FormatException e) {
      throw new DynavaultException(
          ErrorCode.FILTER_INVALID, message(String.valueOf(e.getMessage())), HINT, e);
    }
    if (values.isEmpty()) {
      throw invalid("there is none");
    }
    return new ExpressionValues(values);
  }

  private static void check(String placeholder) {
    if (!ExpressionLexer.isPlaceholder(placeholder, ':')) {
      throw invalid("'%s' is not : and then letters, digits or underscores".formatted(placeholder));
    }
    if (placeholder.length() > MAX_PLACEHOLDER) {
      throw invalid("a placeholder has more than " + MAX_PLACEHOLDER + " characters");
    }
  }

  private static DynavaultException invalid(String reason) {
    return new DynavaultException(ErrorCode.FILTER_INVALID, message(reason), HINT);
  }

  private static String message(String reason) {
    return "unable to read the expression attribute values: " + reason;
  }
}
