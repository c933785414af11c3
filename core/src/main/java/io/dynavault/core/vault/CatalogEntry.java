// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A recovery point as the catalog found it.
 *
 * @param committed when its record was stored, by the store's clock; retention of a vault lock
 *     counts from here, because a writer cannot choose it
 */
public record CatalogEntry(RecoveryPoint point, Instant committed) {
  public CatalogEntry {
    requireNonNull(point, "point is null");
    requireNonNull(committed, "committed is null");
  }

  public RecoveryPointId id() {
    return point.id();
  }

  public String tableName() {
    return point.tableName();
  }
}
