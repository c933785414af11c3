// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * Changes that an earlier commit had promised to have: their time is before the time that it is
 * complete to.
 *
 * @param earliest the earliest time of one of them
 */
public record LateChanges(long changes, Instant earliest) {
  /** A stream keeps its records for 24 hours, and what was read is committed within one more. */
  private static final Duration LATEST = Duration.ofHours(25);

  public LateChanges {
    requireNonNull(earliest, "earliest is null");
    if (changes < 1) {
      throw new IllegalArgumentException("there is no late change");
    }
  }

  /**
   * Whether commits after this one may have changes of before a time. DynamoDB's clock alone says
   * it: those of writers can be wrong by days.
   */
  public static boolean mayFollow(Commit commit, Instant time) {
    return commit.completeTo().isBefore(time.plus(LATEST));
  }
}
