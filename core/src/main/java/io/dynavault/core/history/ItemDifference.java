// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.item.Item;
import java.util.Optional;

/**
 * An item that two states of a table do not have alike.
 *
 * @param keys its key attributes alone
 * @param before empty where only the second state has it
 * @param after empty where only the first state has it
 */
public record ItemDifference(Item keys, Optional<Item> before, Optional<Item> after) {
  public ItemDifference {
    requireNonNull(keys, "keys is null");
    requireNonNull(before, "before is null");
    requireNonNull(after, "after is null");
    if (before.isEmpty() && after.isEmpty()) {
      throw new IllegalArgumentException("neither state has the item");
    }
  }

  /** What has become of the item from the first state to the second. */
  public AttributeChange.Kind kind() {
    if (before.isEmpty()) {
      return AttributeChange.Kind.ADDED;
    }
    return after.isEmpty() ? AttributeChange.Kind.REMOVED : AttributeChange.Kind.CHANGED;
  }
}
