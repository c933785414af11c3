// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import io.dynavault.format.item.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes conditions, refusing operands that DynamoDB refuses for the operator or function. */
final class ConditionFactory {
  private static final int MAX_CANDIDATES = 100;
  private static final Set<String> ORDERED = Set.of("S", "N", "B");
  private static final Set<String> WITH_PREFIX = Set.of("S", "B");
  private static final Set<String> WITH_SIZE = Set.of("S", "B", "L", "M", "SS", "NS", "BS");
  private static final Set<String> TYPES =
      Set.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");

  private final ExpressionSource source;

  ConditionFactory(ExpressionSource source) {
    this.source = source;
  }

  Condition comparison(Token sign, Operand left, Operand right) {
    ComparisonOperator operator =
        ComparisonOperator.of(sign.text())
            .orElseThrow(() -> new IllegalStateException("no comparator: " + sign.text()));
    if (operator.needsOrder()) {
      requireType(sign, left, ORDERED);
      requireType(sign, right, ORDERED);
    }
    requireDistinct(sign, left, List.of(right));
    return new Condition.Comparison(left, operator, right);
  }

  Condition between(Token word, Operand operand, Operand lower, Operand upper) {
    requireType(word, operand, ORDERED);
    requireType(word, lower, ORDERED);
    requireType(word, upper, ORDERED);
    requireDistinct(word, operand, List.of(lower, upper));
    if (lower instanceof Operand.Constant from && upper instanceof Operand.Constant to) {
      requireRange(word, from.value(), to.value());
    }
    return new Condition.Between(operand, lower, upper);
  }

  Condition in(Token word, Operand operand, List<Operand> candidates) {
    if (candidates.size() > MAX_CANDIDATES) {
      throw source.fault(word.position(), "IN has more than " + MAX_CANDIDATES + " operands");
    }
    requireDistinct(word, operand, candidates);
    return new Condition.In(operand, candidates);
  }

  /** The condition, or for {@code size} the operand, that is the function's call. */
  Node function(Token name, List<Operand> operands) {
    return switch (name.text()) {
      case "attribute_exists" -> new Condition.AttributeExists(onlyPath(name, operands));
      case "attribute_not_exists" ->
          new Condition.Not(new Condition.AttributeExists(onlyPath(name, operands)));
      case "attribute_type" -> attributeType(name, operands);
      case "begins_with" -> beginsWith(name, operands);
      case "contains" -> contains(name, operands);
      case "size" -> size(name, operands);
      default ->
          throw source.fault(
              name.position(),
              "no function of conditions is called '%s' (names are in lower case)"
                  .formatted(name.text()));
    };
  }

  private Condition attributeType(Token name, List<Operand> operands) {
    requireCount(name, operands, 2);
    if (operands.get(1) instanceof Operand.Constant constant
        && constant.value() instanceof Value.S type
        && TYPES.contains(type.value())) {
      return new Condition.AttributeType(operands.get(0), type.value());
    }
    throw source.fault(
        name.position(),
        "'attribute_type' needs a placeholder for one of S, N, B, BOOL, NULL, L, M, SS, NS, BS");
  }

  private Condition beginsWith(Token name, List<Operand> operands) {
    requireCount(name, operands, 2);
    requireType(name, operands.get(0), WITH_PREFIX);
    requireType(name, operands.get(1), WITH_PREFIX);
    requireDistinct(name, operands.get(0), operands.subList(1, 2));
    return new Condition.BeginsWith(operands.get(0), operands.get(1));
  }

  private Condition contains(Token name, List<Operand> operands) {
    requireCount(name, operands, 2);
    requireDistinct(name, operands.get(0), operands.subList(1, 2));
    return new Condition.Contains(operands.get(0), operands.get(1));
  }

  private Operand size(Token name, List<Operand> operands) {
    requireCount(name, operands, 1);
    requireType(name, operands.get(0), WITH_SIZE);
    return new Operand.Size(operands.get(0));
  }

  private Operand.Path onlyPath(Token name, List<Operand> operands) {
    requireCount(name, operands, 1);
    if (operands.get(0) instanceof Operand.Path path) {
      return path;
    }
    throw source.fault(name.position(), "'%s' needs an attribute".formatted(name.text()));
  }

  private void requireCount(Token name, List<Operand> operands, int count) {
    if (operands.size() != count) {
      throw source.fault(
          name.position(),
          "'%s' needs %d operands, not %d".formatted(name.text(), count, operands.size()));
    }
  }

  private void requireType(Token operator, Operand operand, Set<String> types) {
    Optional<String> type = operand.knownType();
    if (type.isPresent() && !types.contains(type.get())) {
      throw source.fault(
          operator.position(),
          "'%s' cannot be applied to type %s".formatted(operator.text(), type.get()));
    }
  }

  private void requireDistinct(Token operator, Operand first, List<Operand> others) {
    if (first instanceof Operand.Path && others.contains(first)) {
      throw source.fault(
          operator.position(), "'%s' has one path on both sides".formatted(operator.text()));
    }
  }

  private void requireRange(Token word, Value lower, Value upper) {
    var order = ValueComparison.compare(lower, upper);
    if (order.isEmpty()) {
      throw source.fault(word.position(), "the bounds of BETWEEN are of different types");
    }
    if (order.getAsInt() > 0) {
      throw source.fault(word.position(), "the lower bound of BETWEEN is above the upper");
    }
  }
}
