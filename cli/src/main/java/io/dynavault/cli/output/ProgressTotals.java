// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.job.Progress.Snapshot;
import java.util.List;

/**
 * The counters of one job, or of several that run side by side, added up.
 *
 * @param subject what is worked on, such as {@code orders} or {@code 3 tables}
 * @param phase what is being done now; empty where nobody says
 */
record ProgressTotals(
    String subject,
    String phase,
    long expectedItems,
    long expectedBytes,
    long items,
    long bytes,
    double capacityUnits,
    long throttles) {
  ProgressTotals {
    requireNonNull(subject, "subject is null");
    requireNonNull(phase, "phase is null");
  }

  static ProgressTotals of(List<Snapshot> snapshots) {
    if (snapshots.isEmpty()) {
      return new ProgressTotals("", "", 0, 0, 0, 0, 0, 0);
    }
    Snapshot first = snapshots.get(0);
    boolean one = snapshots.size() == 1;
    return new ProgressTotals(
        one ? first.subject() : snapshots.size() + " tables",
        one ? first.phase() : "",
        snapshots.stream().mapToLong(Snapshot::expectedItems).sum(),
        snapshots.stream().mapToLong(Snapshot::expectedBytes).sum(),
        snapshots.stream().mapToLong(Snapshot::items).sum(),
        snapshots.stream().mapToLong(Snapshot::bytes).sum(),
        snapshots.stream().mapToDouble(Snapshot::capacityUnits).sum(),
        snapshots.stream().mapToLong(Snapshot::throttles).sum());
  }

  /** How much is done, from 0 to 1; negative where nobody knows. */
  double share() {
    if (expectedBytes > 0) {
      return Math.min(1.0, (double) bytes / expectedBytes);
    }
    return expectedItems > 0 ? Math.min(1.0, (double) items / expectedItems) : -1;
  }
}
