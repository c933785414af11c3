// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.time;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * What a loop that retries or waits needs: the time, a way to wait, and chance. Safe for use by
 * several threads if its parts are.
 */
public record Timing(InstantSource clock, Sleeper sleeper, RandomGenerator random) {
  public Timing {
    requireNonNull(clock, "clock is null");
    requireNonNull(sleeper, "sleeper is null");
    requireNonNull(random, "random is null");
  }

  /** The real ones. */
  public static Timing system() {
    return new Timing(
        InstantSource.system(), Sleeper.system(), () -> ThreadLocalRandom.current().nextLong());
  }
}
