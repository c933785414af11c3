// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.cli.output.Counts;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.restore.RestoreResult;
import io.dynavault.core.validate.ValidationResult;

/** How the restore of a table has ended, for notifications. */
final class RestoreLine {
  private RestoreLine() {}

  static TableLine of(Outcome<TableRestore> outcome) {
    return outcome
        .result()
        .map(RestoreLine::of)
        .orElseGet(() -> TableLine.failed(outcome.subject(), outcome.failure().orElseThrow()));
  }

  private static TableLine of(TableRestore restore) {
    RestoreResult result = restore.result();
    boolean passed = restore.validation().map(ValidationResult::passed).orElse(true);
    Result outcome =
        passed ? (result.complete() ? Result.SUCCESS : Result.PARTIAL) : Result.FAILURE;
    TableLine line =
        TableLine.of(result.tableName(), outcome)
            .withItems(result.written())
            .withDuration(result.duration());
    TableLine noted =
        restore
            .validation()
            .map(validation -> line.withNote(ValidationText.line(validation)))
            .orElse(line);
    if (!passed) {
      return noted.withFailure(
          new Failure(ErrorCode.DAMAGED.name(), "the table is not what was restored", ""));
    }
    return result.complete() ? noted : noted.withFailure(incomplete(result));
  }

  private static Failure incomplete(RestoreResult result) {
    String what =
        result.failed() > 0
            ? Counts.of(result.failed(), "item") + " could not be written"
            : "not all settings could be put back";
    return new Failure(ErrorCode.INCOMPLETE.name(), what, ErrorCode.INCOMPLETE.hint());
  }
}
