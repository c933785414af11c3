// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.iam;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** When a statement applies: all keys of all operators have to match one of their values. */
record Conditions(Map<String, Map<String, List<String>>> operators) {

  static Conditions of(Map<?, ?> json) {
    Map<String, Map<String, List<String>>> operators = new TreeMap<>();
    json.forEach(
        (operator, keys) -> {
          Map<String, List<String>> values = new TreeMap<>();
          ((Map<?, ?>) keys)
              .forEach((key, value) -> values.put(key.toString(), Statement.strings(value)));
          operators.put(operator.toString(), values);
        });
    return new Conditions(operators);
  }

  boolean hold(Map<String, String> context) {
    return operators.entrySet().stream()
        .allMatch(
            operator ->
                operator.getValue().entrySet().stream()
                    .allMatch(
                        key ->
                            holds(operator.getKey(), context.get(key.getKey()), key.getValue())));
  }

  private static boolean holds(String operator, @Nullable String actual, List<String> values) {
    boolean optional = operator.endsWith("IfExists");
    String name = optional ? operator.substring(0, operator.length() - 8) : operator;
    boolean negated = name.contains("Not");
    if (actual == null) {
      return optional || negated;
    }
    BiPredicate<String, String> test =
        switch (name) {
          case "StringEquals", "StringNotEquals" -> String::equals;
          case "StringLike",
              "StringNotLike",
              "ArnLike",
              "ArnNotLike",
              "ArnEquals",
              "ArnNotEquals" ->
              Wildcard::matches;
          case "Bool" -> String::equalsIgnoreCase;
          default -> throw new IllegalArgumentException("condition operator " + operator);
        };
    return values.stream().anyMatch(value -> test.test(value, actual)) != negated;
  }
}
