// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** A table's primary key: the partition key and, for composite keys, the sort key. */
public record KeySchema(KeyAttribute partitionKey, Optional<KeyAttribute> sortKey) {
  public KeySchema {
    requireNonNull(partitionKey, "partitionKey is null");
    requireNonNull(sortKey, "sortKey is null");
  }

  /** The schema of a table with a partition key only. */
  public static KeySchema of(KeyAttribute partitionKey) {
    return new KeySchema(partitionKey, Optional.empty());
  }

  /** The schema of a table with a partition key and a sort key. */
  public static KeySchema of(KeyAttribute partitionKey, KeyAttribute sortKey) {
    return new KeySchema(partitionKey, Optional.of(sortKey));
  }
}
