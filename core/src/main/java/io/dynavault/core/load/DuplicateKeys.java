// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyHash;
import io.dynavault.format.item.KeyReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Items of the files that have the same key. One of them would be lost, and chance would say which:
 * they are written in no order.
 */
final class DuplicateKeys {
  /** Hashes whose items are looked for; chance alone makes none in a billion items. */
  static final int MAX_HASHES = 10_000;

  private final KeyReader keys;
  private final Set<Long> hashes;
  private final Problems problems;
  private final Map<ItemKey, String> firstPlaces = new HashMap<>();

  DuplicateKeys(KeyReader keys, Set<Long> hashes, Problems problems) {
    this.keys = keys;
    this.hashes = hashes;
    this.problems = problems;
  }

  void look(Item item, String place) {
    ItemKey key = keys.read(item);
    if (hashes.contains(KeyHash.of(key))) {
      String first = firstPlaces.putIfAbsent(key, place);
      if (first != null) {
        problems.add(place, "the item has the same key as that of " + first);
      }
    }
  }
}
