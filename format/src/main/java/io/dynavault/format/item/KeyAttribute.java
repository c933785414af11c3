// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.util.Objects.requireNonNull;

/** A key attribute's name and type. */
public record KeyAttribute(String name, ScalarType type) {
  public KeyAttribute {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("key attribute name is empty");
    }
  }
}
