// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.host;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.job.StopSignal;
import io.dynavault.core.time.Sleeper;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that is left to an invocation. Some of it is kept for telling how far the work has come
 * and for invoking the next one.
 */
public final class Deadline {
  /** Kept for the end of an invocation; less where it has less than that by a few times. */
  private static final Duration RESERVE = Duration.ofSeconds(45);

  private final LongSupplier remainingMillis;
  private final long reserveMillis;

  /**
   * @param remainingMillis what Lambda says
   */
  public Deadline(LongSupplier remainingMillis) {
    this.remainingMillis = requireNonNull(remainingMillis, "remainingMillis is null");
    this.reserveMillis = Math.min(RESERVE.toMillis(), remainingMillis.getAsLong() / 4);
  }

  /** Time to work; not less than zero. */
  public Duration left() {
    return Duration.ofMillis(Math.max(0, remainingMillis.getAsLong() - reserveMillis));
  }

  /** Whether it is time to come to an end. */
  public boolean isReached() {
    return left().isZero();
  }

  /** Asks work to stop when the time is over; closing ends the watch. */
  Watch watch(StopSignal stop, Sleeper sleeper) {
    Duration left = left();
    Thread thread =
        new Thread(
            () -> {
              try {
                sleeper.sleep(left);
                stop.request();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the work has ended before the time
              }
            },
            "deadline");
    thread.setDaemon(true);
    thread.start();
    return thread::interrupt;
  }

  /** A watch that somebody has to end. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
