// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How changes are captured.
 *
 * @param flushInterval time after which changes that were read are committed
 * @param flushBytes uncompressed bytes of changes after which they are committed before that
 * @param baseEvery how old the newest base gets before another one is made by scan; empty where
 *     compaction makes them
 */
public record CaptureOptions(
    Duration flushInterval, long flushBytes, Until until, Optional<Duration> baseEvery) {
  /** Soon enough for a target of seconds, seldom enough for files of a sensible size. */
  public static final Duration DEFAULT_FLUSH_INTERVAL = Duration.ofSeconds(10);

  /** Uncompressed bytes of a change file when nobody says. */
  public static final long DEFAULT_FLUSH_BYTES = 32L << 20;

  /** {@code gc} takes files that are named in no commit of the next hour for debris. */
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(30);

  /** How often a table that nobody changes is committed, so that its window goes on. */
  private static final Duration IDLE_INTERVAL = Duration.ofMinutes(1);

  /** When a capture ends by itself. */
  public enum Until {
    /** When it is asked to. */
    STOPPED,
    /** When it has everything up to the time it began, and a base or no way to make one. */
    CAUGHT_UP
  }

  /** One base is made for each chain. */
  public CaptureOptions(Duration flushInterval, long flushBytes, Until until) {
    this(flushInterval, flushBytes, until, Optional.empty());
  }

  public CaptureOptions {
    requireNonNull(until, "until is null");
    requireNonNull(baseEvery, "baseEvery is null");
    if (baseEvery.filter(every -> every.isNegative() || every.isZero()).isPresent()) {
      throw new IllegalArgumentException("the time between bases is not more than nothing");
    }
    if (flushInterval.isNegative()
        || flushInterval.isZero()
        || flushInterval.compareTo(LONGEST_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "the flush interval is not more than nothing and at most 30 minutes");
    }
    if (flushBytes < 1) {
      throw new IllegalArgumentException("flushBytes is less than 1: " + flushBytes);
    }
  }

  /** How long after the last commit the next one is written though nothing was changed. */
  Duration idleInterval() {
    return flushInterval.compareTo(IDLE_INTERVAL) > 0 ? flushInterval : IDLE_INTERVAL;
  }
}
