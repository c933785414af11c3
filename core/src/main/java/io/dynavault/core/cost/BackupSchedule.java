// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

/**
 * How often a table is backed up and how long backups are kept.
 *
 * @param backupsPerMonth backups in 30 days
 */
public record BackupSchedule(int backupsPerMonth, int retentionDays) {
  private static final int DAYS_PER_MONTH = 30;

  public BackupSchedule {
    if (backupsPerMonth < 1) {
      throw new IllegalArgumentException("backupsPerMonth is below 1: " + backupsPerMonth);
    }
    if (retentionDays < 1) {
      throw new IllegalArgumentException("retentionDays is below 1: " + retentionDays);
    }
  }

  /** Backups that exist at a time once the schedule has run for the retention; at least one. */
  public long copies() {
    return copies(retentionDays);
  }

  /** As {@link #copies()}, where backups are charged for a number of days at least. */
  long copiesChargedAtLeast(int days) {
    return copies(Math.max(retentionDays, days));
  }

  private long copies(int days) {
    return Math.max(1, TableVolume.ceilDiv((long) backupsPerMonth * days, DAYS_PER_MONTH));
  }
}
