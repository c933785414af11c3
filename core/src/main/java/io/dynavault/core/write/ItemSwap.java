// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemComparison;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an item is, and what it is to become. Two different images, of which one may be nothing.
 *
 * @param before the item as it was seen in the table; empty if there was none
 * @param after the item as it is to be; empty if there is to be none
 */
public record ItemSwap(ItemKey key, Optional<Item> before, Optional<Item> after) {
  public ItemSwap {
    requireNonNull(key, "key is null");
    requireNonNull(before, "before is null");
    requireNonNull(after, "after is null");
    if (before.isEmpty() && after.isEmpty()) {
      throw new IllegalArgumentException("nothing is to become nothing");
    }
  }

  /** What is done to the table. */
  public enum Kind {
    /** There is no item, and there is to be one. */
    PUT,
    /** The item gets other attributes. */
    REPLACE,
    /** The item goes. */
    DELETE
  }

  /** What one attribute is and what it is to be; one of both may be nothing. */
  public record Change(Optional<Value> before, Optional<Value> after) {
    public Change {
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
    }
  }

  public Kind kind() {
    if (before.isEmpty()) {
      return Kind.PUT;
    }
    return after.isEmpty() ? Kind.DELETE : Kind.REPLACE;
  }

  /** The way back. */
  public ItemSwap reversed() {
    return new ItemSwap(key, after, before);
  }

  /** The attributes that differ, by name, in the order of the item that is there. */
  public Map<String, Change> changes() {
    Map<String, Value> from = attributes(before);
    Map<String, Value> to = attributes(after);
    Set<String> names = new LinkedHashSet<>(from.keySet());
    names.addAll(to.keySet());
    Map<String, Change> changes = new LinkedHashMap<>();
    for (String name : names) {
      Optional<Value> was = Optional.ofNullable(from.get(name));
      Optional<Value> is = Optional.ofNullable(to.get(name));
      if (!same(was, is)) {
        changes.put(name, new Change(was, is));
      }
    }
    return changes;
  }

  /** Whether both are the same for DynamoDB, or both nothing. */
  public static boolean sameImage(Optional<Item> one, Optional<Item> other) {
    return (one.isPresent() && other.isPresent())
        ? ItemComparison.same(one.get(), other.get())
        : (one.isEmpty() && other.isEmpty());
  }

  private static boolean same(Optional<Value> one, Optional<Value> other) {
    return (one.isPresent() && other.isPresent())
        ? ItemComparison.same(one.get(), other.get())
        : (one.isEmpty() && other.isEmpty());
  }

  private static Map<String, Value> attributes(Optional<Item> item) {
    return item.map(Item::attributes).orElse(Map.of());
  }
}
