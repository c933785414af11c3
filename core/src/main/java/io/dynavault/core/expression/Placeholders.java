// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.item.Value;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Replaces an expression's placeholders and knows which were used. */
final class Placeholders {
  private final ExpressionNames names;
  private final ExpressionValues values;
  private final Set<String> used = new HashSet<>();

  Placeholders(ExpressionNames names, ExpressionValues values) {
    this.names = requireNonNull(names, "names is null");
    this.values = requireNonNull(values, "values is null");
  }

  String name(Token token, ExpressionSource source) {
    String name = names.names().get(token.text());
    if (name == null) {
      throw source.fault(
          token.position(), "no name is given for the placeholder '" + token.text() + "'");
    }
    used.add(token.text());
    return name;
  }

  Value value(Token token, ExpressionSource source) {
    Value value = values.values().get(token.text());
    if (value == null) {
      throw source.fault(
          token.position(), "no value is given for the placeholder '" + token.text() + "'");
    }
    used.add(token.text());
    return value;
  }

  /** Refuses placeholders that are given but nowhere used: mostly a slip of the pen. */
  void requireAllUsed(ExpressionSource source) {
    requireUsed(names.names().keySet(), source);
    requireUsed(values.values().keySet(), source);
  }

  private void requireUsed(Collection<String> given, ExpressionSource source) {
    given.stream()
        .filter(placeholder -> !used.contains(placeholder))
        .sorted()
        .findFirst()
        .ifPresent(
            placeholder -> {
              throw source.fault("the placeholder '" + placeholder + "' is given but not used");
            });
  }
}
