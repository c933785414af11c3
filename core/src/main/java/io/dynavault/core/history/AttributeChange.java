// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.item.Value;
import java.util.Optional;

/**
 * One difference between two versions of an item.
 *
 * @param path where it is, such as {@code address.lines[0]}; names that hold anything but letters,
 *     digits and {@code _-#:@$/} are in JSON's quotes
 * @param before empty where there was nothing
 * @param after empty where nothing is left
 */
public record AttributeChange(String path, Optional<Value> before, Optional<Value> after) {
  /** What has become of a value. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  public AttributeChange {
    requireNonNull(path, "path is null");
    requireNonNull(before, "before is null");
    requireNonNull(after, "after is null");
    if (before.isEmpty() && after.isEmpty()) {
      throw new IllegalArgumentException("a change from nothing to nothing");
    }
  }

  public Kind kind() {
    if (before.isEmpty()) {
      return Kind.ADDED;
    }
    return after.isEmpty() ? Kind.REMOVED : Kind.CHANGED;
  }
}
