// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import io.dynavault.core.duplicate.KeyHashSpool;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemSize;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyHash;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.Value;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Whether a table can take items, found out without asking it. Safe for several threads. */
final class ItemCheck {
  private final TableDefinition table;
  private final KeyReader keys;
  private final KeyHashSpool hashes;
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder units = new LongAdder();

  ItemCheck(TableDefinition table, KeyReader keys, KeyHashSpool hashes) {
    this.table = table;
    this.keys = keys;
    this.hashes = hashes;
  }

  /** What is wrong with an item, where anything is. */
  Optional<String> problem(Item item) {
    try {
      long hash = KeyHash.of(keys.read(item));
      byte[] json = DynamoDbJson.encode(item);
      int size = ItemSize.of(json, 0, json.length);
      if (size > ItemSize.MAX_ITEM_SIZE) {
        return Optional.of(
            "the item has %d bytes, DynamoDB takes at most %d"
                .formatted(size, ItemSize.MAX_ITEM_SIZE));
      }
      Optional<String> indexKey = indexKeyProblem(item);
      if (indexKey.isEmpty()) {
        count(size, hash);
      }
      return indexKey;
    } catch (FormatException e) {
      return Optional.of(e.getMessage());
    }
  }

  long items() {
    return items.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  /** Write units: one for each KB begun. */
  long units() {
    return units.sum();
  }

  private void count(int size, long hash) {
    items.increment();
    bytes.add(size);
    units.add(Math.max(1, (size + 1023) / 1024));
    hashes.add(new long[] {hash}, 1);
  }

  /** An item need not have the keys of an index, but if it has, of their type and not empty. */
  private Optional<String> indexKeyProblem(Item item) {
    for (KeyAttribute attribute : table.attributeDefinitions()) {
      Optional<Value> value = item.attribute(attribute.name());
      if (value.isPresent() && !value.get().type().equals(attribute.type().name())) {
        return Optional.of(
            "the attribute '%s' is of type %s, as a key of an index it has to be %s"
                .formatted(attribute.name(), value.get().type(), attribute.type()));
      }
      if (value.isPresent() && isEmpty(value.get())) {
        return Optional.of(
            "the attribute '%s' is empty, which a key of an index must not be"
                .formatted(attribute.name()));
      }
    }
    return Optional.empty();
  }

  private static boolean isEmpty(Value value) {
    return (value instanceof Value.S string && string.value().isEmpty())
        || (value instanceof Value.B binary && binary.value().length == 0);
  }
}
