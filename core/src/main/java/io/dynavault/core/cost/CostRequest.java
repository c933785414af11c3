// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

import static java.util.Objects.requireNonNull;

/**
 * What to estimate.
 *
 * @param storedBytes compressed size of one backup in S3
 * @param uncompressedBytes size of one backup's data files without compression
 */
public record CostRequest(
    TableVolume table, long storedBytes, long uncompressedBytes, BackupSchedule schedule) {
  public CostRequest {
    requireNonNull(table, "table is null");
    requireNonNull(schedule, "schedule is null");
    if (storedBytes < 0 || uncompressedBytes < 0) {
      throw new IllegalArgumentException(
          "bytes are negative: " + Math.min(storedBytes, uncompressedBytes));
    }
  }
}
