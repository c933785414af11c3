// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.masking;

import io.dynavault.format.item.Value;
import java.util.List;
import java.util.Optional;

/** What to do to the values at one path. */
record MaskingRule(List<PathStep> path, MaskAction action) {
  MaskingRule {
    path = List.copyOf(path);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("path is empty");
    }
  }

  /** The item's attributes after the rule. */
  Value.M apply(Value.M attributes) {
    return (Value.M) path.get(0).change(attributes, value -> apply(value, 1));
  }

  private Optional<Value> apply(Value value, int level) {
    return level == path.size()
        ? action.apply(value)
        : Optional.of(path.get(level).change(value, part -> apply(part, level + 1)));
  }

  /** Whether the rule changes the whole value of this attribute. */
  boolean changes(String attribute) {
    return path.size() == 1
        && (path.get(0) instanceof PathStep.AnyEntry
            || path.get(0).equals(new PathStep.Entry(attribute)));
  }
}
