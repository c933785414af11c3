// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import java.time.Duration;

/** Waits until AWS has ended an import. */
final class ImportWaiter {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** An import that was just begun may be unknown to the server that is asked for it. */
  private static final Duration MAY_BE_UNKNOWN = Duration.ofSeconds(30);

  private final Imports imports;
  private final Duration limit;
  private final RunContext context;
  private long seenItems;
  private long seenBytes;

  ImportWaiter(Imports imports, Duration limit, RunContext context) {
    this.imports = requireNonNull(imports, "imports is null");
    this.limit = requireNonNull(limit, "limit is null");
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * Waits, and gives what AWS then says of the import.
   *
   * @throws DynavaultException {@code INTERRUPTED} after a stop and {@code SERVICE_UNAVAILABLE}
   *     after the limit, while AWS goes on
   */
  ImportInfo untilEnded(ImportInfo begun) throws InterruptedException {
    Duration waited = Duration.ZERO;
    Duration pause = FIRST_PAUSE;
    context.progress().phase("waiting for AWS to import");
    while (true) {
      ImportInfo now = look(begun, waited);
      show(now);
      if (now.hasEnded()) {
        return now;
      }
      requireGoingOn(begun, waited);
      context.timing().sleeper().sleep(pause);
      waited = waited.plus(pause);
      Duration longer = pause.multipliedBy(3).dividedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  /** What cannot be asked for now is asked for again after the pause. */
  private ImportInfo look(ImportInfo begun, Duration waited) throws InterruptedException {
    try {
      return imports.describe(begun.arn());
    } catch (DynavaultException e) {
      boolean passes =
          e.code() == ErrorCode.SERVICE_UNAVAILABLE
              || e.code() == ErrorCode.THROTTLED
              || (e.code() == ErrorCode.RESOURCE_NOT_FOUND && waited.compareTo(MAY_BE_UNKNOWN) < 0);
      if (passes) {
        return begun;
      }
      throw e;
    }
  }

  private void show(ImportInfo now) {
    now.counts()
        .ifPresent(
            counts -> {
              long bytes = counts.processedBytes().orElse(seenBytes);
              context
                  .progress()
                  .add(
                      Math.max(0, counts.processedItems() - seenItems),
                      Math.max(0, bytes - seenBytes));
              seenItems = Math.max(seenItems, counts.processedItems());
              seenBytes = Math.max(seenBytes, bytes);
            });
  }

  private void requireGoingOn(ImportInfo begun, Duration waited) {
    String hint =
        "AWS goes on; see how far it is with: dynavault imports describe %s; wait again, and have the settings put back, by running the same command with --resume"
            .formatted(begun.arn());
    if (context.stop().isRequested()) {
      throw new DynavaultException(
          ErrorCode.INTERRUPTED,
          "waiting for the import of table '" + begun.tableName() + "' was stopped before its end",
          hint);
    }
    if (waited.compareTo(limit) >= 0) {
      throw new DynavaultException(
          ErrorCode.SERVICE_UNAVAILABLE,
          "unable to await the import of table '%s': AWS has it in work after %d seconds"
              .formatted(begun.tableName(), waited.toSeconds()),
          hint);
    }
  }
}
