// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.time;

import java.time.Duration;

/** Waits. The composition root passes one that really sleeps; tests pass one that records. */
@FunctionalInterface
public interface Sleeper {
  /** Waits for the duration, or ends early with an interruption. */
  void sleep(Duration duration) throws InterruptedException;

  /** The real one. */
  static Sleeper system() {
    return duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
  }
}
