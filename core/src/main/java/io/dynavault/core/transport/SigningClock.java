// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The time that requests are signed with: this machine's, corrected by what the service said when
 * the two were too far apart for signatures to be accepted.
 */
final class SigningClock {
  /** The service accepts five minutes; differences below are not why it refused. */
  private static final Duration TOLERATED = Duration.ofMinutes(4);

  private final InstantSource clock;
  private volatile Duration offset = Duration.ZERO;

  SigningClock(InstantSource clock) {
    this.clock = clock;
  }

  Clock clock() {
    return Clock.offset(clock.withZone(ZoneOffset.UTC), offset);
  }

  /** Takes over the time of a {@code Date} header; false if this time was not far from it. */
  boolean correct(String date) {
    Instant theirs;
    try {
      theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    } catch (DateTimeException e) {
      return false; // no time to learn from
    }
    Instant ours = clock.instant();
    if (Duration.between(ours.plus(offset), theirs).abs().compareTo(TOLERATED) < 0) {
      return false;
    }
    offset = Duration.between(ours, theirs);
    return true;
  }
}
