// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses items whose primary key meets one of several {@link KeyCondition}s. Exact keys and item
 * collections are looked up, so that thousands of them cost no more than one.
 */
public final class KeyFilter {
  private final Set<ItemKey> keys = new HashSet<>();
  private final Set<Value> collections = new HashSet<>();
  private final List<KeyCondition> ranges = new ArrayList<>();

  private KeyFilter(Collection<KeyCondition> conditions) {
    for (KeyCondition condition : conditions) {
      add(condition);
    }
  }

  /**
   * The filter for conditions as {@link KeyCondition#parse} reads them.
   *
   * @throws DynavaultException FILTER_INVALID if there is none or one cannot be read
   */
  public static KeyFilter parse(Collection<String> conditions, KeySchema schema) {
    if (conditions.isEmpty()) {
      throw KeyText.fault("there is none");
    }
    return new KeyFilter(
        conditions.stream().map(text -> KeyCondition.parse(text, schema)).toList());
  }

  /**
   * Whether the item with this key is chosen.
   *
   * @param key as {@link io.dynavault.format.item.KeyReader} gives it
   */
  public boolean matches(ItemKey key) {
    return keys.contains(key)
        || collections.contains(key.partition())
        || ranges.stream().anyMatch(range -> range.matches(key));
  }

  /** Whether at most one item of a table of this key can be chosen. */
  public boolean isOneItem(KeySchema schema) {
    int exact = schema.sortKey().isPresent() ? keys.size() : collections.size();
    return exact == 1 && keys.size() + collections.size() == 1 && ranges.isEmpty();
  }

  private void add(KeyCondition condition) {
    Optional<Value> partition = condition.onlyPartition();
    Optional<Value> sort = condition.onlySort();
    if (partition.isPresent() && !condition.hasSort()) {
      collections.add(partition.get());
    } else if (partition.isPresent() && sort.isPresent()) {
      keys.add(new ItemKey(partition.get(), sort));
    } else {
      ranges.add(condition);
    }
  }
}
