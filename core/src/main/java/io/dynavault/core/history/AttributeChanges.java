// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemComparison;
import io.dynavault.format.item.JsonBuffer;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds what differs between two versions of an item, as deep as their maps and lists go. Equality
 * is DynamoDB's: numbers by value, sets without order. Elements of lists are compared by their
 * index, as document paths name them; sets are compared whole.
 */
public final class AttributeChanges {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_#:@$/-]+");

  private final List<AttributeChange> found = new ArrayList<>();

  private AttributeChanges() {}

  /**
   * All differences, sorted by path on each level; none where both are the same item.
   *
   * @throws io.dynavault.format.FormatException if an item has a number that DynamoDB cannot hold
   */
  public static List<AttributeChange> between(Item before, Item after) {
    AttributeChanges changes = new AttributeChanges();
    changes.maps("", before.attributes(), after.attributes());
    return List.copyOf(changes.found);
  }

  /**
   * All differences outside of the key; where there is no item before or afterwards, all its
   * attributes were added or removed.
   */
  public static List<AttributeChange> between(
      Optional<Item> before, Optional<Item> after, KeySchema keys) {
    return between(withoutKey(before, keys), withoutKey(after, keys));
  }

  private static Item withoutKey(Optional<Item> item, KeySchema keys) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    item.ifPresent(found -> attributes.putAll(found.attributes()));
    attributes.remove(keys.partitionKey().name());
    keys.sortKey().ifPresent(sort -> attributes.remove(sort.name()));
    return new Item(attributes);
  }

  private void maps(String path, Map<String, Value> before, Map<String, Value> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      String inside = path.isEmpty() ? step(name) : path + "." + step(name);
      values(inside, Optional.ofNullable(before.get(name)), Optional.ofNullable(after.get(name)));
    }
  }

  private void lists(String path, List<Value> before, List<Value> after) {
    for (int index = 0; index < Math.max(before.size(), after.size()); index++) {
      values(path + "[" + index + "]", element(before, index), element(after, index));
    }
  }

  private void values(String path, Optional<Value> before, Optional<Value> after) {
    Value old = before.orElse(null);
    Value now = after.orElse(null);
    if (old instanceof Value.M oldMap && now instanceof Value.M newMap) {
      maps(path, oldMap.entries(), newMap.entries());
    } else if (old instanceof Value.L oldList && now instanceof Value.L newList) {
      lists(path, oldList.values(), newList.values());
    } else if (old == null || now == null || !ItemComparison.same(old, now)) {
      found.add(new AttributeChange(path, before, after));
    }
  }

  private static Optional<Value> element(List<Value> values, int index) {
    return index < values.size() ? Optional.of(values.get(index)) : Optional.empty();
  }

  private static String step(String name) {
    return PLAIN.matcher(name).matches() ? name : new JsonBuffer().appendString(name).toString();
  }
}
