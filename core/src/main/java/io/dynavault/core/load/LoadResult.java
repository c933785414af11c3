// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How an import ended. Every item of the files is in exactly one of written, skipped and failed.
 *
 * @param read items in the files
 * @param skipped items left out because the table has one of that key
 * @param failed items that were refused; each was reported
 */
public record LoadResult(
    String tableName,
    long read,
    long written,
    long skipped,
    long failed,
    double writeUnits,
    long throttles,
    Duration duration) {
  public LoadResult {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(duration, "duration is null");
  }

  /** Whether no item failed. */
  public boolean complete() {
    return failed == 0;
  }
}
