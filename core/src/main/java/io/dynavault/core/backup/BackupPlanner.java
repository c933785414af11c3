// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.TableCapacity;
import io.dynavault.core.scan.SegmentPlanner;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.RecoveryPointId;
import java.net.URI;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Decides how a table will be backed up. Reads nothing: what it needs is given. */
public final class BackupPlanner {
  private final URI endpoint;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param endpoint that will answer; AWS's own enforces throughput
   */
  public BackupPlanner(URI endpoint, InstantSource clock, RandomGenerator random) {
    this.endpoint = requireNonNull(endpoint, "endpoint is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.random = requireNonNull(random, "random is null");
  }

  /**
   * @param reportedItems the table's own count, which AWS renews about every six hours
   * @param reportedBytes the table's own size, as old as the count
   */
  public BackupPlan plan(
      BackupRequest request, TableDefinition table, long reportedItems, long reportedBytes) {
    BackupOptions options = request.options();
    return new BackupPlan(
        RecoveryPointId.create(clock.instant(), random),
        table,
        request.query(),
        options,
        SegmentPlanner.totalSegments(reportedBytes, options.workers()),
        TableCapacity.readBudget(table, options.readCapacity(), endpoint),
        reportedItems,
        reportedBytes);
  }
}
