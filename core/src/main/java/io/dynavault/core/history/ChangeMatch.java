// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.expression.ItemFilter;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyReader;
import java.util.Optional;

/** Whether a change of a chain is looked for: by its time, its key, and its item's attributes. */
record ChangeMatch(ChainSlice slice, ItemSelection selection, KeyReader keys) {
  ChangeMatch {
    requireNonNull(slice, "slice is null");
    requireNonNull(selection, "selection is null");
    requireNonNull(keys, "keys is null");
  }

  boolean matches(FoundChange change) {
    return slice.includes(change.time())
        && selection.keys().map(filter -> filter.matches(change.key(keys))).orElse(true)
        && selection.filter().map(filter -> matches(filter, change)).orElse(true);
  }

  /** What an item was before a change matters as much as what it is afterwards. */
  private static boolean matches(ItemFilter filter, FoundChange change) {
    return matches(filter, change.newImage()) || matches(filter, change.oldImage());
  }

  private static boolean matches(ItemFilter filter, Optional<Item> image) {
    return image.isPresent() && filter.matches(image.get());
  }
}
