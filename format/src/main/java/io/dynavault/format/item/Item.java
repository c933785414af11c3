// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A decoded item: attribute names and values in the order read. */
public record Item(Map<String, Value> attributes) {
  public Item {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** The value of the attribute with this name, if the item has it. */
  public Optional<Value> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }
}
