// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import io.dynavault.format.item.Item;
import io.dynavault.format.item.Value;
import java.util.List;
import java.util.Optional;

/**
 * The way to a value in an item: an attribute and then map entries and list elements, such as
 * {@code address.lines[0]}.
 *
 * @param attribute name of the item's attribute
 */
record DocumentPath(String attribute, List<Step> steps) {
  DocumentPath {
    steps = List.copyOf(steps);
  }

  /** The value at this path, if the item has it. */
  Optional<Value> in(Item item) {
    Optional<Value> value = item.attribute(attribute);
    for (Step step : steps) {
      if (value.isEmpty()) {
        return value;
      }
      value = step.in(value.get());
    }
    return value;
  }

  /** One level down. */
  sealed interface Step {
    Optional<Value> in(Value value);
  }

  /** To the entry of a map. */
  record Entry(String name) implements Step {
    @Override
    public Optional<Value> in(Value value) {
      return value instanceof Value.M map
          ? Optional.ofNullable(map.entries().get(name))
          : Optional.empty();
    }
  }

  /** To the element of a list. */
  record Element(int index) implements Step {
    @Override
    public Optional<Value> in(Value value) {
      return value instanceof Value.L list && index < list.values().size()
          ? Optional.of(list.values().get(index))
          : Optional.empty();
    }
  }
}
