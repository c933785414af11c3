// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import io.dynavault.format.item.Value;

/** What a key condition demands of one key attribute. */
sealed interface KeyTest {

  boolean holds(Value value);

  /** Equal, below or above a value. */
  record Compare(ComparisonOperator operator, Value operand) implements KeyTest {
    @Override
    public boolean holds(Value value) {
      return operator.holds(value, operand);
    }
  }

  /** Within two bounds that both belong to the range. */
  record Between(Value lower, Value upper) implements KeyTest {
    @Override
    public boolean holds(Value value) {
      return ComparisonOperator.AT_LEAST.holds(value, lower)
          && ComparisonOperator.AT_MOST.holds(value, upper);
    }
  }

  /** Begins with a string or with bytes. */
  record BeginsWith(Value prefix) implements KeyTest {
    @Override
    public boolean holds(Value value) {
      return ValueComparison.startsWith(value, prefix);
    }
  }
}
