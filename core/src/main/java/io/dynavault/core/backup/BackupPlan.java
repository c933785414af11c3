// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.capacity.TableCapacity;
import io.dynavault.core.export.ExportOutline;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint.Consistency;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What a backup is about to do. Kept in the run's journal, so that a resumed run does the same.
 *
 * @param table the definition at the start
 * @param totalSegments parts of the parallel scan
 * @param unitsPerSecond the read budget; empty is without limit
 * @param estimatedItems as the table reports them; can be hours old
 * @param estimatedBytes as the table reports them; can be hours old
 */
public record BackupPlan(
    RecoveryPointId id,
    TableDefinition table,
    ScanQuery query,
    BackupOptions options,
    int totalSegments,
    OptionalDouble unitsPerSecond,
    long estimatedItems,
    long estimatedBytes) {
  public BackupPlan {
    requireNonNull(id, "id is null");
    requireNonNull(table, "table is null");
    requireNonNull(query, "query is null");
    requireNonNull(options, "options is null");
    requireNonNull(unitsPerSecond, "unitsPerSecond is null");
  }

  /** The same, read with another budget. */
  BackupPlan withReadCapacity(CapacityBudget budget) {
    return new BackupPlan(
        id,
        table,
        query,
        options,
        totalSegments,
        budget.unitsPerSecond(TableCapacity.read(table)),
        estimatedItems,
        estimatedBytes);
  }

  /** The export that it makes. */
  ExportOutline outline() {
    Instant start = id.startTime();
    return new ExportOutline(
        id,
        Method.SCAN,
        table,
        start,
        Consistency.NON_CONSISTENT,
        options.outputFormat(),
        options.codec(),
        query.filtered(),
        options.deleteAfter().map(start::plus),
        options.tags());
  }

  /** Read capacity units that the scan will consume. */
  public long estimatedReadUnits() {
    return Math.max(
        totalSegments / 2, (estimatedBytes + query.bytesPerUnit() - 1) / query.bytesPerUnit());
  }

  /** How long the budget makes the scan take at least; zero without a limit. */
  public Duration estimatedDuration() {
    return unitsPerSecond.isEmpty()
        ? Duration.ZERO
        : Duration.ofMillis((long) (estimatedReadUnits() / unitsPerSecond.getAsDouble() * 1000));
  }

  long averageItemBytes() {
    return estimatedItems == 0 ? 0 : estimatedBytes / estimatedItems;
  }
}
