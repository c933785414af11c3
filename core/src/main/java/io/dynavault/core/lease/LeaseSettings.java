// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How long leases last, and the clocks by which they are kept and judged.
 *
 * @param ttl how long a lease lasts without a renewal; it is renewed every third of it
 */
public record LeaseSettings(
    Duration ttl, InstantSource clock, Ticker ticker, Sleeper sleeper, ProcessProbe processes) {
  private static final Duration MIN_TTL = Duration.ofSeconds(3);

  /** Long enough for a slow store, short enough that nobody minds waiting after a crash. */
  public static final Duration DEFAULT_TTL = Duration.ofSeconds(30);

  public LeaseSettings {
    requireNonNull(clock, "clock is null");
    requireNonNull(ticker, "ticker is null");
    requireNonNull(sleeper, "sleeper is null");
    requireNonNull(processes, "processes is null");
    if (ttl.compareTo(MIN_TTL) < 0) {
      throw new IllegalArgumentException("ttl is less than 3 seconds: " + ttl);
    }
  }

  /** Real clocks and the default TTL. */
  public static LeaseSettings system() {
    return new LeaseSettings(
        DEFAULT_TTL,
        InstantSource.system(),
        Ticker.system(),
        Sleeper.system(),
        ProcessProbe.system());
  }

  Duration renewalInterval() {
    return ttl.dividedBy(3);
  }
}
