// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.time;

/** A monotonic clock for measuring durations; unrelated to the time of day. */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds since an arbitrary moment. */
  long nanos();

  /** The real one. */
  static Ticker system() {
    return System::nanoTime;
  }
}
