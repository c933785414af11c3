// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.client;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.SdkErrors;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Calls of a control plane, which answers some of them five or ten times a second only. What is
 * throttled, even after the client's own attempts, is asked again after growing random pauses until
 * a limit; so is what is refused for a reason that passes. Safe for several threads.
 */
public final class PacedCalls {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final Timing timing;
  private final StopSignal stop;
  private final Duration limit;

  /**
   * @param stop ends a wait
   * @param limit longest time spent waiting for one answer
   */
  public PacedCalls(Timing timing, StopSignal stop, Duration limit) {
    this.timing = requireNonNull(timing, "timing is null");
    this.stop = requireNonNull(stop, "stop is null");
    this.limit = requireNonNull(limit, "limit is null");
  }

  /**
   * Calls an operation.
   *
   * @throws DynavaultException typed; {@code THROTTLED} after the limit, {@code INTERRUPTED} after
   *     a stop
   */
  public <T> T call(String operation, Supplier<T> request) throws InterruptedException {
    return call(operation, Set.of(), request);
  }

  /**
   * Calls an operation.
   *
   * @param passing names of errors that pass by themselves, such as {@code
   *     ContinuousBackupsUnavailableException}
   */
  public <T> T call(String operation, Set<String> passing, Supplier<T> request)
      throws InterruptedException {
    Duration waited = Duration.ZERO;
    Duration bound = FIRST_PAUSE;
    while (true) {
      try {
        return SdkErrors.call(operation, request);
      } catch (DynavaultException e) {
        if (!passes(e, passing) || waited.compareTo(limit) >= 0) {
          throw e;
        }
      }
      if (stop.isRequested()) {
        throw stop.interrupted(operation);
      }
      Duration pause = jittered(bound);
      timing.sleeper().sleep(pause);
      waited = waited.plus(pause);
      bound =
          bound.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? bound.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private static boolean passes(DynavaultException failure, Set<String> passing) {
    return failure.code() == ErrorCode.THROTTLED
        || (failure instanceof RefusedException refused && passing.contains(refused.awsError()));
  }

  /** At least half of the bound, so that the limit is reached after a known number of attempts. */
  private Duration jittered(Duration bound) {
    long half = bound.toNanos() / 2;
    return Duration.ofNanos(half + timing.random().nextLong(half + 1));
  }
}
