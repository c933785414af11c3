// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.ThrottledException;
import java.time.Duration;
import java.util.function.Supplier;

/** Calls again what was throttled, after pauses with jitter that grow, and gives up in the end. */
final class Patience {
  private static final int ATTEMPTS = 12;
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Timing timing;

  Patience(Timing timing) {
    this.timing = timing;
  }

  <T> T call(Supplier<T> request) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return request.get();
      } catch (ThrottledException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        long bound = Math.min(LONGEST.toNanos(), FIRST.toNanos() << attempt);
        timing.sleeper().sleep(Duration.ofNanos(timing.random().nextLong(bound)));
      }
    }
  }
}
