// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.backup.BackupResult;
import io.dynavault.core.vault.RecoveryPoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the backup of one table has made, by whatever method.
 *
 * @param recoveryPoints several where changes were exported in several windows; none where there
 *     was nothing to back up yet
 * @param reading what reading the table took, where we have read it
 * @param chosenBecause why the method was chosen, where nobody has named one
 * @param notes what is worth knowing, one sentence each
 */
record BackedUpTable(
    String tableName,
    List<RecoveryPoint> recoveryPoints,
    Duration duration,
    Optional<Reading> reading,
    Optional<String> chosenBecause,
    List<String> notes) {

  /**
   * What a scan took.
   *
   * @param resumedFiles data files that an earlier, unfinished run had already stored
   */
  record Reading(double readUnits, long throttles, int resumedFiles) {}

  BackedUpTable {
    requireNonNull(tableName, "tableName is null");
    recoveryPoints = List.copyOf(recoveryPoints);
    requireNonNull(duration, "duration is null");
    requireNonNull(reading, "reading is null");
    requireNonNull(chosenBecause, "chosenBecause is null");
    notes = List.copyOf(notes);
  }

  /** By a scan. */
  static BackedUpTable of(BackupResult result) {
    return new BackedUpTable(
        result.recoveryPoint().tableName(),
        List.of(result.recoveryPoint()),
        result.duration(),
        Optional.of(new Reading(result.readUnits(), result.throttles(), result.resumedFiles())),
        Optional.empty(),
        result.notes());
  }

  /** The same, of a method that was chosen for a reason. */
  BackedUpTable because(String reason) {
    return new BackedUpTable(
        tableName, recoveryPoints, duration, reading, Optional.of(reason), notes);
  }
}
