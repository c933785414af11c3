// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

/**
 * A table's definition and what the server says about its content. Count and size are updated by
 * AWS about every six hours: good for planning, not for checking.
 *
 * @param status such as {@code ACTIVE}
 * @param itemCount items, approximately
 * @param tableSizeBytes size of all items without indexes, approximately
 */
public record TableSnapshot(
    TableDefinition definition, String status, long itemCount, long tableSizeBytes) {
  public TableSnapshot {
    requireNonNull(definition, "definition is null");
    requireNonNull(status, "status is null");
  }
}
