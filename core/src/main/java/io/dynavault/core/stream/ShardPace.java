// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import io.dynavault.core.time.Ticker;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a shard is read again: five times a second at most, which is what AWS is commonly taken to
 * allow, less often when it has nothing, and after a pause with jitter when it asks to slow down.
 */
final class ShardPace {
  private static final Duration BUSY = Duration.ofMillis(200);
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration IDLE_ELSEWHERE = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static final int MAX_DOUBLINGS = 8;

  private final boolean aws;
  private final Ticker ticker;
  private final RandomGenerator random;

  /**
   * @param aws whether the server limits how often a shard is read
   */
  ShardPace(boolean aws, Ticker ticker, RandomGenerator random) {
    this.aws = aws;
    this.ticker = ticker;
    this.random = random;
  }

  /** How long until the shard may be read; not more than 0 when it may. */
  long waitNanos(ShardState shard) {
    Long notBefore = shard.notBeforeNanos;
    return notBefore == null ? 0 : notBefore - ticker.nanos();
  }

  void readAgain(ShardState shard, boolean hadRecords) {
    Duration pause =
        aws ? (hadRecords ? BUSY : IDLE) : (hadRecords ? Duration.ZERO : IDLE_ELSEWHERE);
    shard.notBeforeNanos = ticker.nanos() + pause.toNanos();
  }

  void throttled(ShardState shard) {
    pause(shard, shard.throttles);
  }

  void refused(ShardState shard) {
    pause(shard, shard.troubles);
  }

  private void pause(ShardState shard, int times) {
    long bound = Math.min(LONGEST.toNanos(), BUSY.toNanos() << Math.min(times, MAX_DOUBLINGS));
    shard.notBeforeNanos = ticker.nanos() + BUSY.toNanos() + random.nextLong(bound);
  }
}
