// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.retry;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.time.Sleeper;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits between attempts: a random time between nothing and a bound that doubles each time. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration MAX = Duration.ofSeconds(20);

  private final Sleeper sleeper;
  private final RandomGenerator random;

  Backoff(Sleeper sleeper, RandomGenerator random) {
    this.sleeper = requireNonNull(sleeper, "sleeper is null");
    this.random = requireNonNull(random, "random is null");
  }

  /** Waits after the attempt of this number failed; the first has number 1. */
  void await(int attempt) throws InterruptedException {
    long bound = Math.min(MAX.toNanos(), FIRST.toNanos() << Math.min(attempt - 1, 30));
    sleeper.sleep(Duration.ofNanos(random.nextLong(bound + 1)));
  }
}
