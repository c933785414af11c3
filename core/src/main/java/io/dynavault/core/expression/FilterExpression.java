// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.format.item.Item;

/**
 * A filter in DynamoDB's expression language. It chooses the items that a Scan with the same
 * FilterExpression returns, and what DynamoDB refuses is refused here, limits included: 4 KB, 300
 * operators and functions, 100 operands of IN, 32 levels of a path (DynamoDB Developer Guide,
 * "Condition and filter expressions, operators, and functions").
 *
 * <p>In one way it is more lenient: reserved words such as {@code status} may be used as attribute
 * names without a {@code #} placeholder. Only {@code AND OR NOT IN BETWEEN} never are names.
 */
public final class FilterExpression implements ItemFilter {
  private final String text;
  private final Condition condition;

  private FilterExpression(String text, Condition condition) {
    this.text = text;
    this.condition = condition;
  }

  /**
   * Parses an expression and checks it with its placeholders.
   *
   * @throws DynavaultException FILTER_INVALID if it is none, a placeholder is missing or unused, or
   *     an operator cannot be applied to its operands
   */
  public static FilterExpression parse(
      String expression, ExpressionNames names, ExpressionValues values) {
    requireNonNull(expression, "expression is null");
    Placeholders placeholders = new Placeholders(names, values);
    return new FilterExpression(expression, ExpressionParser.parse(expression, placeholders));
  }

  /** Parses an expression without placeholders. */
  public static FilterExpression parse(String expression) {
    return parse(expression, ExpressionNames.none(), ExpressionValues.none());
  }

  @Override
  public boolean matches(Item item) {
    return condition.matches(item);
  }

  /** The expression as it was given. */
  @Override
  public String toString() {
    return text;
  }
}
