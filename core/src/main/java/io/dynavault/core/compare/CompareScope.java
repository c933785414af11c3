// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.expression.ItemSelection;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyHash;
import java.util.function.UnaryOperator;

/**
 * Which items a comparison looks at, and how.
 *
 * @param expected items of the recovery point that count
 * @param actual items of the table that count
 * @param transform what a restore does to items, so that the comparison expects its result
 * @param share of the keys that are compared, above 0 and at most 1: always the same ones, chosen
 *     by the hash of the key
 */
public record CompareScope(
    ItemSelection expected, ItemSelection actual, UnaryOperator<Item> transform, double share) {
  public CompareScope {
    requireNonNull(expected, "expected is null");
    requireNonNull(actual, "actual is null");
    requireNonNull(transform, "transform is null");
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share is not above 0 and at most 1: " + share);
    }
  }

  /** All items of both sides, as they are. */
  public static CompareScope everything() {
    ItemSelection all = ItemSelection.everything();
    return new CompareScope(all, all, UnaryOperator.identity(), 1);
  }

  /** Only this share of the keys. */
  public CompareScope withShare(double newShare) {
    return new CompareScope(expected, actual, transform, newShare);
  }

  /** Whether the key is among those that are compared. */
  boolean includes(ItemKey key) {
    return share == 1 || (KeyHash.of(key) >>> 11) * 0x1p-53 < share;
  }
}
