// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import io.dynavault.format.item.Item;
import io.dynavault.format.item.Value;
import java.util.List;
import java.util.Optional;

/**
 * A part of an expression that holds for an item or not. A condition on a value that the item lacks
 * does not hold, except for {@code <>}, which is the opposite of {@code =}.
 */
sealed interface Condition extends Node, ItemFilter {

  /** {@code left AND right}. */
  record And(Condition left, Condition right) implements Condition {
    @Override
    public boolean matches(Item item) {
      return left.matches(item) && right.matches(item);
    }
  }

  /** {@code left OR right}. */
  record Or(Condition left, Condition right) implements Condition {
    @Override
    public boolean matches(Item item) {
      return left.matches(item) || right.matches(item);
    }
  }

  /** {@code NOT condition}. */
  record Not(Condition condition) implements Condition {
    @Override
    public boolean matches(Item item) {
      return !condition.matches(item);
    }
  }

  /** {@code left = right} and the other comparators. */
  record Comparison(Operand left, ComparisonOperator operator, Operand right) implements Condition {
    @Override
    public boolean matches(Item item) {
      Optional<Value> a = left.in(item);
      Optional<Value> b = right.in(item);
      if (a.isEmpty() || b.isEmpty()) {
        return operator == ComparisonOperator.NOT_EQUAL;
      }
      return operator.holds(a.get(), b.get());
    }
  }

  /** {@code operand BETWEEN lower AND upper}; both bounds are included. */
  record Between(Operand operand, Operand lower, Operand upper) implements Condition {
    @Override
    public boolean matches(Item item) {
      return test(lower, ComparisonOperator.AT_MOST, operand, item)
          && test(operand, ComparisonOperator.AT_MOST, upper, item);
    }

    private static boolean test(Operand a, ComparisonOperator operator, Operand b, Item item) {
      return new Comparison(a, operator, b).matches(item);
    }
  }

  /** {@code operand IN (candidates)}. */
  record In(Operand operand, List<Operand> candidates) implements Condition {
    public In {
      candidates = List.copyOf(candidates);
    }

    @Override
    public boolean matches(Item item) {
      Optional<Value> value = operand.in(item);
      return value.isPresent()
          && candidates.stream()
              .map(candidate -> candidate.in(item))
              .anyMatch(
                  other -> other.isPresent() && ValueComparison.equal(value.get(), other.get()));
    }
  }

  /** {@code attribute_exists(path)}. */
  record AttributeExists(Operand.Path path) implements Condition {
    @Override
    public boolean matches(Item item) {
      return path.in(item).isPresent();
    }
  }

  /**
   * {@code attribute_type(operand, type)}.
   *
   * @param type a type descriptor
   */
  record AttributeType(Operand operand, String type) implements Condition {
    @Override
    public boolean matches(Item item) {
      return operand.in(item).filter(value -> value.type().equals(type)).isPresent();
    }
  }

  /** {@code begins_with(operand, prefix)}. */
  record BeginsWith(Operand operand, Operand prefix) implements Condition {
    @Override
    public boolean matches(Item item) {
      Optional<Value> value = operand.in(item);
      Optional<Value> start = prefix.in(item);
      return value.isPresent()
          && start.isPresent()
          && ValueComparison.startsWith(value.get(), start.get());
    }
  }

  /** {@code contains(operand, part)}. */
  record Contains(Operand operand, Operand part) implements Condition {
    @Override
    public boolean matches(Item item) {
      Optional<Value> value = operand.in(item);
      Optional<Value> wanted = part.in(item);
      return value.isPresent()
          && wanted.isPresent()
          && ValueComparison.contains(value.get(), wanted.get());
    }
  }
}
