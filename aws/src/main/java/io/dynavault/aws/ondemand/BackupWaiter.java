// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import java.time.Duration;

/** Waits until a backup can be restored. */
final class BackupWaiter {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /** A backup that was just created may be unknown to the server that is asked for it. */
  private static final Duration MAY_BE_UNKNOWN = Duration.ofSeconds(30);

  private final OnDemandBackups backups;
  private final Duration limit;
  private final RunContext context;

  BackupWaiter(OnDemandBackups backups, Duration limit, RunContext context) {
    this.backups = requireNonNull(backups, "backups is null");
    this.limit = requireNonNull(limit, "limit is null");
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * Waits, and gives what AWS then says of the backup.
   *
   * @throws DynavaultException {@code INTERRUPTED} after a stop and {@code SERVICE_UNAVAILABLE}
   *     after the limit, while AWS goes on
   */
  BackupInfo untilAvailable(BackupInfo created) throws InterruptedException {
    Duration waited = Duration.ZERO;
    Duration pause = FIRST_PAUSE;
    while (true) {
      BackupInfo now = look(created, waited);
      if (now.status() == BackupInfo.Status.AVAILABLE) {
        return now;
      }
      context.progress().phase("waiting for AWS to make the backup");
      requireGoingOn(created, waited);
      context.timing().sleeper().sleep(pause);
      waited = waited.plus(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private BackupInfo look(BackupInfo created, Duration waited) throws InterruptedException {
    try {
      return backups.describe(created.arn());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.RECOVERY_POINT_NOT_FOUND && waited.compareTo(MAY_BE_UNKNOWN) < 0) {
        return created;
      }
      throw e;
    }
  }

  private void requireGoingOn(BackupInfo created, Duration waited) {
    String hint = "AWS goes on; record it with: dynavault backup --method on-demand --resume";
    if (context.stop().isRequested()) {
      throw new DynavaultException(
          ErrorCode.INTERRUPTED,
          "waiting for backup '" + created.arn() + "' was stopped before its end",
          hint);
    }
    if (waited.compareTo(limit) >= 0) {
      throw new DynavaultException(
          ErrorCode.SERVICE_UNAVAILABLE,
          "unable to await backup '%s': AWS is still making it after %d seconds"
              .formatted(created.arn(), waited.toSeconds()),
          hint);
    }
  }
}
