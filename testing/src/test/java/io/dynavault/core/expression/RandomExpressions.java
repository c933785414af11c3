// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes up filter expressions: most are well formed, some have a word too few or too many. */
final class RandomExpressions {
  private static final List<String> PATHS =
      List.of(
          "a", "b", "s", "t", "bin", "yes", "nul", "l", "m", "ss", "ns", "bs", "absent", "l[0]",
          "l[2].k", "m.b", "m.c.d", "m[1].b", "#dotted", "m.size", "#a");
  private static final List<String> TYPES =
      List.of(":S", ":N", ":B", ":BOOL", ":NULL", ":L", ":M", ":SS", ":NS", ":BS", ":STRING");

  private final RandomGenerator random;
  private final List<String> values;

  RandomExpressions(RandomGenerator random, List<String> values) {
    this.random = random;
    this.values = values;
  }

  String next() {
    String expression = condition(3);
    return random.nextInt(6) == 0 ? damaged(expression) : expression;
  }

  private String condition(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return simple();
    }
    return switch (random.nextInt(5)) {
      case 0 -> condition(depth - 1) + " AND " + condition(depth - 1);
      case 1 -> condition(depth - 1) + " OR " + condition(depth - 1);
      case 2 -> "NOT " + condition(depth - 1);
      case 3 -> "(" + condition(depth - 1) + ") AND " + condition(depth - 1);
      default -> "NOT (" + condition(depth - 1) + ")";
    };
  }

  private String simple() {
    return switch (random.nextInt(9)) {
      case 0 -> operand() + " BETWEEN " + operand() + " AND " + operand();
      case 1 -> operand() + " IN (" + operand() + ", " + operand() + ")";
      case 2 -> "attribute_exists(" + one(PATHS) + ")";
      case 3 -> "attribute_not_exists(" + one(PATHS) + ")";
      case 4 -> "attribute_type(" + operand() + ", " + one(TYPES) + ")";
      case 5 -> "begins_with(" + operand() + ", " + operand() + ")";
      case 6 -> "contains(" + operand() + ", " + operand() + ")";
      default -> operand() + one(List.of(" = ", " <> ", " < ", " <= ", " > ", " >= ")) + operand();
    };
  }

  private String operand() {
    return switch (random.nextInt(8)) {
      case 0 -> "size(" + one(PATHS) + ")";
      case 1, 2, 3 -> one(values);
      default -> one(PATHS);
    };
  }

  private String damaged(String expression) {
    List<String> words = new ArrayList<>(List.of(expression.split("(?<=[ (),])|(?=[ (),])")));
    int place = random.nextInt(words.size());
    switch (random.nextInt(3)) {
      case 0 -> words.remove(place);
      case 1 -> words.add(place, words.get(random.nextInt(words.size())));
      default -> words.set(place, words.get(random.nextInt(words.size())));
    }
    return String.join("", words);
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
