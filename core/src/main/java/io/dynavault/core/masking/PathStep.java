// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.masking;

import io.dynavault.format.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One level of the way to masked values. */
sealed interface PathStep {

  /**
   * The value with the parts that this step leads to replaced by what the function makes of them,
   * or without them. A value that has no such part stays as it is.
   */
  Value change(Value value, Function<Value, Optional<Value>> change);

  /** The entry of a map. */
  record Entry(String name) implements PathStep {
    @Override
    public Value change(Value value, Function<Value, Optional<Value>> change) {
      if (!(value instanceof Value.M map) || !map.entries().containsKey(name)) {
        return value;
      }
      Map<String, Value> changed = new LinkedHashMap<>(map.entries());
      // Null removes the entry; one that stays keeps its place.
      changed.computeIfPresent(name, (key, part) -> change.apply(part).orElse(null));
      return new Value.M(changed);
    }
  }

  /** All entries of a map. */
  record AnyEntry() implements PathStep {
    @Override
    public Value change(Value value, Function<Value, Optional<Value>> change) {
      if (!(value instanceof Value.M map)) {
        return value;
      }
      Map<String, Value> changed = new LinkedHashMap<>();
      map.entries()
          .forEach((key, part) -> change.apply(part).ifPresent(now -> changed.put(key, now)));
      return new Value.M(changed);
    }
  }

  /** The element of a list. */
  record Element(int index) implements PathStep {
    @Override
    public Value change(Value value, Function<Value, Optional<Value>> change) {
      if (!(value instanceof Value.L list) || index >= list.values().size()) {
        return value;
      }
      List<Value> changed = new ArrayList<>(list.values());
      Optional<Value> now = change.apply(changed.get(index));
      if (now.isPresent()) {
        changed.set(index, now.get());
      } else {
        changed.remove(index);
      }
      return new Value.L(changed);
    }
  }

  /** All elements of a list. */
  record AnyElement() implements PathStep {
    @Override
    public Value change(Value value, Function<Value, Optional<Value>> change) {
      return value instanceof Value.L list
          ? new Value.L(
              list.values().stream().flatMap(part -> change.apply(part).stream()).toList())
          : value;
    }
  }
}
