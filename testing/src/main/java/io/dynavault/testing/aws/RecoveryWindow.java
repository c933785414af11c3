// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The times to which a table can be restored, in whole seconds.
 *
 * @param enabled when point-in-time recovery was switched on
 * @param floor before this nothing is kept: the time of enabling, or the earliest time at which the
 *     period was changed
 * @param days how long the past is kept
 */
record RecoveryWindow(Instant enabled, Instant floor, int days) {
  static final int MOST_DAYS = 35;

  /** The past is restorable up to about five minutes ago. */
  private static final Duration BEHIND = Duration.ofMinutes(5);

  RecoveryWindow {
    requireNonNull(enabled, "enabled is null");
    requireNonNull(floor, "floor is null");
  }

  static RecoveryWindow enabledAt(Instant now) {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    return new RecoveryWindow(second, second, MOST_DAYS);
  }

  /** A shorter period forgets at once; a longer one grows from what is still there. */
  RecoveryWindow withDays(int period, Instant now) {
    return new RecoveryWindow(enabled, earliest(now), period);
  }

  Instant earliest(Instant now) {
    return later(floor, now.minus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS));
  }

  Instant latest(Instant now) {
    return later(enabled, now.minus(BEHIND).truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * A time if it is inside.
   *
   * @throws AwsError InvalidRestoreTimeException
   */
  Instant checked(Instant time, Instant now) {
    Instant second = time.truncatedTo(ChronoUnit.SECONDS);
    if (second.isBefore(earliest(now)) || second.isAfter(latest(now))) {
      throw AwsError.of(
          "InvalidRestoreTimeException",
          "RestoreDateTime '%s' must be within EarliestRestorableDateTime '%s' and"
                  .formatted(second, earliest(now))
              + " LatestRestorableDateTime '"
              + latest(now)
              + "'");
    }
    return second;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
