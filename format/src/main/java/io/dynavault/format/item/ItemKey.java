// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The primary key of one item. Keys are built by {@link KeyReader} with numbers in canonical text
 * ({@code 1}, {@code 1.0} and {@code 10E-1} are one key in DynamoDB), so that record equality is
 * DynamoDB's equality of keys.
 *
 * @param partition value of the partition key: S, N or B
 * @param sort value of the sort key for tables that have one
 */
public record ItemKey(Value partition, Optional<Value> sort) {
  public ItemKey {
    requireNonNull(partition, "partition is null");
    requireNonNull(sort, "sort is null");
  }
}
