// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capacity;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Ticker;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * Keeps all workers of one run together within a rate of capacity units per second.
 *
 * <p>Requests are given starting times one behind the other: each moves the next one back by its
 * cost divided by the rate, first by the estimate, then by the difference to what it really
 * consumed. Unused time is not saved up, so in every span of time at most the rate times the span
 * plus the cost of the requests in flight is consumed.
 *
 * <p>When the service throttles, the rate falls by {@value #SLOW_DOWN} (once per second, since
 * workers are throttled together) and climbs back to its ceiling while nothing is throttled. A run
 * that makes no headway for the patience given fails. Safe for several threads.
 */
public final class RateController {
  private static final double SLOW_DOWN = 0.7;
  private static final double RECOVERY_PER_SECOND = 1.05;
  private static final double LEAST_RATE = 1;
  private static final long SECOND = 1_000_000_000L;
  private static final long LONGEST_NAP = SECOND / 5;
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

  private final double ceiling;
  private final Duration patience;
  private final Ticker ticker;
  private final Sleeper sleeper;
  private final RandomGenerator random;
  private final StopSignal stop;

  // All below are guarded by this.
  private double rate;
  private long nextStart;
  private long lastChange;
  private long throttledSince;
  private boolean throttledNow;
  private long windowStart;
  private double windowUnits;
  private double measuredRate;

  /**
   * @param unitsPerSecond the ceiling; empty is without limit
   * @param patience how long a run may be throttled without one request getting through
   */
  public RateController(
      OptionalDouble unitsPerSecond,
      Duration patience,
      Ticker ticker,
      Sleeper sleeper,
      RandomGenerator random,
      StopSignal stop) {
    this.ceiling = unitsPerSecond.orElse(Double.POSITIVE_INFINITY);
    if (!(ceiling > 0)) {
      throw new IllegalArgumentException("units per second must be above 0: " + ceiling);
    }
    this.patience = requireNonNull(patience, "patience is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.sleeper = requireNonNull(sleeper, "sleeper is null");
    this.random = requireNonNull(random, "random is null");
    this.stop = requireNonNull(stop, "stop is null");
    this.rate = ceiling;
    long now = ticker.nanos();
    this.nextStart = now;
    this.lastChange = now;
    this.windowStart = now;
  }

  /**
   * Waits until a request of this estimated cost may be sent. Every call is followed by {@link
   * #consumed} or {@link #throttled} with the same estimate.
   *
   * @throws InterruptedException if interrupted, or if the stop signal is given while waiting
   */
  public void acquire(double estimatedUnits) throws InterruptedException {
    if (stop.isRequested()) {
      throw new InterruptedException("stopped before a request");
    }
    long start = reserve(estimatedUnits);
    for (long left = start - ticker.nanos(); left > 0; left = start - ticker.nanos()) {
      if (stop.isRequested()) {
        giveBack(estimatedUnits);
        throw new InterruptedException("stopped while waiting for capacity");
      }
      sleeper.sleep(Duration.ofNanos(Math.min(left, LONGEST_NAP)));
    }
  }

  /** Settles a request that was answered. */
  public synchronized void consumed(double estimatedUnits, double actualUnits) {
    long now = ticker.nanos();
    throttledNow = false;
    measure(now, actualUnits);
    recover(now);
    shift(actualUnits - estimatedUnits);
  }

  /**
   * Settles a request that was throttled, or answered with nothing processed, lowers the rate and
   * waits before the next attempt.
   *
   * @param attempt 1 for the first throttling of this request, 2 for the next, and so on
   * @throws DynavaultException {@code THROTTLED} when nothing got through for too long
   */
  public void throttled(int attempt, double estimatedUnits) throws InterruptedException {
    synchronized (this) {
      long now = ticker.nanos();
      shift(-estimatedUnits);
      slowDown(now);
      if (!throttledNow) {
        throttledNow = true;
        throttledSince = now;
      }
      if (now - throttledSince > patience.toNanos()) {
        throw new DynavaultException(
            ErrorCode.THROTTLED,
            "unable to go on: every request was throttled for " + patience.toSeconds() + " seconds",
            "lower the capacity budget, raise the table's capacity, or run again later");
      }
    }
    sleeper.sleep(backoff(attempt));
  }

  /** The rate in force now; infinite where there is no limit. */
  public synchronized double unitsPerSecond() {
    return rate;
  }

  private Duration backoff(int attempt) {
    long longest =
        Math.min(
            LONGEST_BACKOFF.toNanos(),
            FIRST_BACKOFF.toNanos() << Math.min(Math.max(attempt, 1) - 1, 20));
    return Duration.ofNanos(random.nextLong(longest / 2, longest + 1));
  }

  private synchronized long reserve(double units) {
    long start = Math.max(ticker.nanos(), nextStart);
    nextStart = start;
    shift(units);
    return start;
  }

  private synchronized void giveBack(double units) {
    shift(-units);
  }

  private void shift(double units) {
    if (!Double.isInfinite(rate)) {
      nextStart += (long) (units / rate * SECOND);
    }
  }

  private void measure(long now, double units) {
    windowUnits += units;
    long span = now - windowStart;
    if (span >= SECOND) {
      measuredRate = windowUnits * SECOND / span;
      windowUnits = 0;
      windowStart = now;
    }
  }

  private void slowDown(long now) {
    if (Double.isInfinite(rate)) {
      long span = Math.max(now - windowStart, SECOND / 10);
      rate = Math.max(LEAST_RATE, Math.max(measuredRate, windowUnits * SECOND / span) * SLOW_DOWN);
      nextStart = now;
      lastChange = now;
    } else if (now - lastChange >= SECOND) {
      rate = Math.max(Math.min(LEAST_RATE, ceiling), rate * SLOW_DOWN);
      lastChange = now;
    }
  }

  private void recover(long now) {
    if (rate < ceiling && now - lastChange >= SECOND) {
      double seconds = (double) (now - lastChange) / SECOND;
      rate = Math.min(ceiling, rate * Math.pow(RECOVERY_PER_SECOND, seconds));
      lastChange = now;
    }
  }
}
