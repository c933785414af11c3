// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which items an operation takes: those that the keys choose and the filter matches and that are
 * not expired. Each part may be absent. It decides with as little as possible: by the key alone
 * where that is enough, decoding the item only for the rest.
 */
public record ItemSelection(
    Optional<KeyFilter> keys, Optional<ItemFilter> filter, Optional<ExpiryRule> expiry) {
  private static final ItemSelection EVERYTHING =
      new ItemSelection(Optional.empty(), Optional.empty(), Optional.empty());

  public ItemSelection {
    requireNonNull(keys, "keys is null");
    requireNonNull(filter, "filter is null");
    requireNonNull(expiry, "expiry is null");
  }

  /** All items. */
  public static ItemSelection everything() {
    return EVERYTHING;
  }

  public ItemSelection withKeys(KeyFilter newKeys) {
    return new ItemSelection(Optional.of(newKeys), filter, expiry);
  }

  public ItemSelection withFilter(ItemFilter newFilter) {
    return new ItemSelection(keys, Optional.of(newFilter), expiry);
  }

  public ItemSelection withoutExpired(ExpiryRule newExpiry) {
    return new ItemSelection(keys, filter, Optional.of(newExpiry));
  }

  /** Whether all items are taken, so that nothing needs to be asked about them. */
  public boolean isEverything() {
    return keys.isEmpty() && !needsItem();
  }

  /** Whether some items can only be decided about when decoded. */
  public boolean needsItem() {
    return filter.isPresent() || expiry.isPresent();
  }

  /**
   * Decides about an item.
   *
   * @param key asked for only if keys are chosen
   * @param item asked for, once, only if the item's attributes matter
   */
  public ItemDecision decide(Supplier<ItemKey> key, Supplier<Item> item) {
    if (keys.isPresent() && !keys.get().matches(key.get())) {
      return ItemDecision.OTHER_KEY;
    }
    return needsItem() ? decide(item.get()) : ItemDecision.SELECTED;
  }

  private ItemDecision decide(Item item) {
    if (filter.isPresent() && !filter.get().matches(item)) {
      return ItemDecision.FILTERED;
    }
    if (expiry.isPresent() && expiry.get().expired(item)) {
      return ItemDecision.EXPIRED;
    }
    return ItemDecision.SELECTED;
  }
}
