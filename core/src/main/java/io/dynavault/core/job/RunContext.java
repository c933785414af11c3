// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.job;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;

/**
 * What every run is given from outside: time, waiting, chance, counters and the signal to stop. The
 * composition root makes one per run.
 */
public record RunContext(Timing timing, Ticker ticker, Progress progress, StopSignal stop) {
  public RunContext {
    requireNonNull(timing, "timing is null");
    requireNonNull(ticker, "ticker is null");
    requireNonNull(progress, "progress is null");
    requireNonNull(stop, "stop is null");
  }

  /** The same, with a signal of its own that stops with the others but not them. */
  public RunContext withOwnStop() {
    return new RunContext(timing, ticker, progress, stop.child());
  }

  /** The same, stopped by another signal, too. */
  public RunContext stoppedBy(StopSignal other) {
    return new RunContext(timing, ticker, progress, stop.or(other));
  }

  /** The real time, for work on one subject. */
  public static RunContext system(String subject, StopSignal stop) {
    return new RunContext(Timing.system(), Ticker.system(), new Progress(subject), stop);
  }
}
