// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A table's definition and what the server says about its content. Count and size are updated by
 * AWS about every six hours: good for planning, not for checking.
 *
 * @param status such as {@code ACTIVE}
 * @param itemCount items, approximately
 * @param tableSizeBytes size of all items without indexes, approximately
 * @param localIndexBytes size of all local secondary indexes, approximately
 * @param globalIndexBytes size of all global secondary indexes, approximately
 * @param created by the server's clock; empty where it does not say
 */
public record TableSnapshot(
    TableDefinition definition,
    String status,
    long itemCount,
    long tableSizeBytes,
    long localIndexBytes,
    long globalIndexBytes,
    Optional<Instant> created) {
  public TableSnapshot {
    requireNonNull(definition, "definition is null");
    requireNonNull(status, "status is null");
    requireNonNull(created, "created is null");
  }
}
