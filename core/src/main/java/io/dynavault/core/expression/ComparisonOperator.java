// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import io.dynavault.format.item.Value;
import java.util.Optional;

/** The comparators of the expression language. */
enum ComparisonOperator {
  EQUAL("="),
  NOT_EQUAL("<>"),
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">=");

  private final String sign;

  ComparisonOperator(String sign) {
    this.sign = sign;
  }

  static Optional<ComparisonOperator> of(String sign) {
    for (ComparisonOperator operator : values()) {
      if (operator.sign.equals(sign)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }

  /** Whether only strings, numbers and binaries can be compared so. */
  boolean needsOrder() {
    return this != EQUAL && this != NOT_EQUAL;
  }

  /** Whether the comparison holds for these two values. */
  boolean holds(Value left, Value right) {
    return switch (this) {
      case EQUAL -> ValueComparison.equal(left, right);
      case NOT_EQUAL -> !ValueComparison.equal(left, right);
      default -> {
        var order = ValueComparison.compare(left, right);
        yield order.isPresent() && holds(order.getAsInt());
      }
    };
  }

  private boolean holds(int order) {
    return switch (this) {
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case GREATER -> order > 0;
      case AT_LEAST -> order >= 0;
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
    };
  }
}
