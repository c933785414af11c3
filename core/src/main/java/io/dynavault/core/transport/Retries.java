// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.time.Timing;
import java.time.Duration;
import java.time.Instant;

/**
 * The tries of one call: counts them, pauses between them and says when it is enough. Pauses are
 * exponential with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter").
 */
final class Retries {
  private final TransportConfig config;
  private final Timing timing;
  private final Instant start;
  private int attempts;
  private boolean credentialsRefreshed;
  private boolean clockCorrected;

  Retries(TransportConfig config, Timing timing) {
    this.config = config;
    this.timing = timing;
    this.start = timing.clock().instant();
  }

  /** Counts one failed try. */
  void failed() {
    attempts++;
  }

  int attempts() {
    return attempts;
  }

  /** Whether another try is allowed, for an endpoint that was or was never reached. */
  boolean allowAnother(boolean reached) {
    int most = reached ? config.maxAttempts() : config.maxFirstAttempts();
    Duration spent = Duration.between(start, timing.clock().instant());
    return attempts < most && spent.compareTo(config.maxDuration()) < 0;
  }

  void pause(String operation) {
    long bound = config.baseDelay().toNanos();
    for (int i = 1; i < attempts && bound < config.maxDelay().toNanos(); i++) {
      bound *= 2;
    }
    bound = Math.min(bound, config.maxDelay().toNanos());
    try {
      timing.sleeper().sleep(Duration.ofNanos(timing.random().nextLong(bound + 1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(operation, e);
    }
  }

  /** True the first time: credentials are looked up anew once per call. */
  boolean mayRefreshCredentials() {
    boolean may = !credentialsRefreshed;
    credentialsRefreshed = true;
    return may;
  }

  /** True the first time: the clock is corrected once per call. */
  boolean mayCorrectClock() {
    boolean may = !clockCorrected;
    clockCorrected = true;
    return may;
  }

  static DynavaultException interrupted(String operation) {
    return new DynavaultException(ErrorCode.INTERRUPTED, message(operation));
  }

  static DynavaultException interrupted(String operation, Throwable cause) {
    return new DynavaultException(ErrorCode.INTERRUPTED, message(operation), cause);
  }

  private static String message(String operation) {
    return "unable to finish " + operation + ": interrupted";
  }
}
