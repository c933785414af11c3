// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import io.dynavault.core.transport.ThrottledException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a stream is asked for its shards: at first, every half minute, and often while the children
 * of a shard that has ended are awaited. AWS allows an account ten such calls a second.
 */
final class StreamListing {
  private static final Duration USUAL = Duration.ofSeconds(30);
  private static final Duration AWAITING = Duration.ofSeconds(1);
  private static final Duration STILL_AWAITING = Duration.ofSeconds(5);

  /** Calls in a row after which children are not awaited every second any more. */
  private static final int PATIENCE = 10;

  private final StreamClient client;
  private final String streamArn;
  private final TailSettings settings;
  private boolean asked;
  private long lastNanos;
  private int awaiting;
  private Duration penalty = Duration.ZERO;

  StreamListing(StreamClient client, String streamArn, TailSettings settings) {
    this.client = client;
    this.streamArn = streamArn;
    this.settings = settings;
  }

  /**
   * The stream, if it is time to ask.
   *
   * @param awaited whether there should be shards that are not known yet
   */
  @Nullable StreamDescription next(boolean awaited) throws InterruptedException {
    if (!asked) {
      StreamDescription first =
          new Patience(settings.timing()).call(() -> client.describe(streamArn));
      asked = true;
      lastNanos = settings.ticker().nanos();
      return first;
    }
    Duration pause = !awaited ? USUAL : awaiting < PATIENCE ? AWAITING : STILL_AWAITING;
    awaiting = awaited ? awaiting : 0;
    if (settings.ticker().nanos() - lastNanos < pause.plus(penalty).toNanos()) {
      return null;
    }
    lastNanos = settings.ticker().nanos();
    awaiting++;
    try {
      StreamDescription stream = client.describe(streamArn);
      penalty = Duration.ZERO;
      return stream;
    } catch (ThrottledException e) {
      penalty = Duration.ofNanos(settings.timing().random().nextLong(AWAITING.toNanos()));
      return null; // the shards that are known can be read meanwhile
    }
  }
}
