// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.time.Ticker;

/** Tells when it is time for the next commit. Not safe for several threads. */
final class Pace {
  private final CaptureOptions options;
  private final Ticker ticker;
  private long committedNanos;

  Pace(CaptureOptions options, Ticker ticker) {
    this.options = requireNonNull(options, "options is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.committedNanos = ticker.nanos();
  }

  void committed() {
    committedNanos = ticker.nanos();
  }

  /** Whether changes that were read have to be committed. */
  boolean isTimeForChanges() {
    return elapsed() >= options.flushInterval().toNanos();
  }

  /** Whether the window has to go on though nothing was changed. */
  boolean isTimeForTheWindow() {
    return elapsed() >= options.idleInterval().toNanos();
  }

  private long elapsed() {
    return ticker.nanos() - committedNanos;
  }
}
