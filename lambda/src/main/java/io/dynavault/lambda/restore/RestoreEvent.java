// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.lambda.host.Event;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * What a restore is asked for.
 *
 * @param date empty for the latest
 * @param tables none for all of that day
 * @param maxWorkers write requests in flight at the same time for a table
 */
record RestoreEvent(
    Optional<LocalDate> date, List<String> tables, Mode mode, Existing existing, int maxWorkers) {
  static final int DEFAULT_WORKERS = 5;
  private static final int MOST_WORKERS = 100;

  /** What is done. */
  enum Mode {
    /** Checked only. */
    DRY_RUN,
    RESTORE,
    /** Restored under another name, compared, and deleted. */
    TEST
  }

  /** What becomes of the items that a table has. */
  enum Existing {
    OVERWRITTEN,
    CLEARED
  }

  RestoreEvent {
    requireNonNull(date, "date is null");
    tables = List.copyOf(tables);
    requireNonNull(mode, "mode is null");
    requireNonNull(existing, "existing is null");
  }

  static RestoreEvent of(Event event) {
    Mode mode = event.flag("restore_test") ? Mode.TEST : Mode.RESTORE;
    return new RestoreEvent(
        event.text("backup_date").filter(text -> !text.equals("latest")).map(RestoreEvent::date),
        event.texts("tables"),
        event.flag("dry_run") ? Mode.DRY_RUN : mode,
        event.flag("clear_existing_data") ? Existing.CLEARED : Existing.OVERWRITTEN,
        event.number("max_workers", DEFAULT_WORKERS, 1, MOST_WORKERS));
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to use the event: 'backup_date' is neither \"latest\" nor a date like 2026-11-21",
          e);
    }
  }
}
