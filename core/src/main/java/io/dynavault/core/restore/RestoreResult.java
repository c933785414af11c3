// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.SettingOutcome;
import java.time.Duration;
import java.util.List;

/**
 * How a restore ended. Every item of the recovery point is in exactly one of written, unchanged,
 * skipped, filtered and failed.
 *
 * @param read items read from the recovery point
 * @param written items put into the table
 * @param unchanged items that the table had already, equal; only where it is made identical
 * @param skipped items left alone because the table has one of that key
 * @param filtered items that the selection left out
 * @param failed items that the server refused; each was reported
 * @param deleted items removed from the table
 * @param settings what became of the settings of a new table
 * @param notes what went wrong without harm to the table, one sentence each
 */
public record RestoreResult(
    String tableName,
    long read,
    long written,
    long unchanged,
    long skipped,
    long filtered,
    long failed,
    long deleted,
    double writeUnits,
    long throttles,
    Duration duration,
    List<SettingOutcome> settings,
    List<String> notes) {
  public RestoreResult {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(duration, "duration is null");
    settings = List.copyOf(settings);
    notes = List.copyOf(notes);
  }

  RestoreResult withNotes(List<String> newNotes) {
    return new RestoreResult(
        tableName,
        read,
        written,
        unchanged,
        skipped,
        filtered,
        failed,
        deleted,
        writeUnits,
        throttles,
        duration,
        settings,
        newNotes);
  }

  /** Whether everything that was to be restored is in the table, with all settings applied. */
  public boolean complete() {
    return failed == 0
        && settings.stream().noneMatch(s -> s.result() == SettingOutcome.Result.FAILED);
  }
}
