// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;

/**
 * How a stream is read.
 *
 * @param threads shards that are read at the same time, 1 to 8
 * @param ticker measures how long ago a shard was read
 */
public record TailSettings(int threads, Timing timing, Ticker ticker) {
  private static final int MAX_THREADS = 8;

  public TailSettings {
    requireNonNull(timing, "timing is null");
    requireNonNull(ticker, "ticker is null");
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException("threads is not 1 to " + MAX_THREADS + ": " + threads);
    }
  }

  /** As many threads as are of use, and the real time. */
  public static TailSettings system() {
    return new TailSettings(MAX_THREADS, Timing.system(), Ticker.system());
  }
}
