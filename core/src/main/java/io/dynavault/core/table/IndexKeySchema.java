// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import io.dynavault.format.item.KeyAttribute;
import java.util.ArrayList;
import java.util.List;

/**
 * The key of a secondary index. Unlike a table's key it may be made of several attributes: up to
 * four for the partition and four for the sort key of a global index (DynamoDB Developer Guide,
 * "Multi-attribute keys pattern").
 *
 * @param partitionKey at least one attribute, in the order of the index
 * @param sortKey may be empty
 */
public record IndexKeySchema(List<KeyAttribute> partitionKey, List<KeyAttribute> sortKey) {
  public IndexKeySchema {
    partitionKey = List.copyOf(partitionKey);
    sortKey = List.copyOf(sortKey);
    if (partitionKey.isEmpty()) {
      throw new IllegalArgumentException("partitionKey is empty");
    }
  }

  /** The schema of an index with a partition key only. */
  public static IndexKeySchema of(KeyAttribute partitionKey) {
    return new IndexKeySchema(List.of(partitionKey), List.of());
  }

  /** The schema of an index with a partition key and a sort key of one attribute each. */
  public static IndexKeySchema of(KeyAttribute partitionKey, KeyAttribute sortKey) {
    return new IndexKeySchema(List.of(partitionKey), List.of(sortKey));
  }

  /** All attributes: those of the partition key, then those of the sort key. */
  public List<KeyAttribute> attributes() {
    List<KeyAttribute> all = new ArrayList<>(partitionKey);
    all.addAll(sortKey);
    return List.copyOf(all);
  }
}
