// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a transport connects and how long it tries.
 *
 * @param maxConnections at least as many as threads that call at once
 * @param readTimeout longest silence while an answer is awaited; a page of a large table can take
 *     DynamoDB Local many seconds
 * @param maxAttempts tries of one request
 * @param maxFirstAttempts tries while the endpoint has never been reached, when a wrong address is
 *     likelier than a passing fault
 * @param baseDelay upper bound of the first pause; it doubles with every retry
 * @param maxDelay upper bound of any pause
 * @param maxDuration no retry begins later than this after the first try
 */
public record TransportConfig(
    int maxConnections,
    Duration connectTimeout,
    Duration readTimeout,
    int maxAttempts,
    int maxFirstAttempts,
    Duration baseDelay,
    Duration maxDelay,
    Duration maxDuration) {
  public TransportConfig {
    requireNonNull(connectTimeout, "connectTimeout is null");
    requireNonNull(readTimeout, "readTimeout is null");
    requireNonNull(baseDelay, "baseDelay is null");
    requireNonNull(maxDelay, "maxDelay is null");
    requireNonNull(maxDuration, "maxDuration is null");
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections is less than 1: " + maxConnections);
    }
    if (maxFirstAttempts < 1 || maxAttempts < maxFirstAttempts) {
      throw new IllegalArgumentException(
          "attempts are out of order: " + maxFirstAttempts + ", " + maxAttempts);
    }
  }

  /** Ten tries with pauses of up to five seconds, for this many threads. */
  public static TransportConfig forThreads(int threads) {
    return new TransportConfig(
        threads,
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        10,
        3,
        Duration.ofMillis(50),
        Duration.ofSeconds(5),
        Duration.ofMinutes(3));
  }
}
