// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.job.Progress.Snapshot;
import io.dynavault.core.time.Ticker;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows how far running jobs are, from a thread of its own, until it is closed: a bar on a
 * terminal, a line or JSON line now and then elsewhere, nothing where nobody wants it.
 */
public final class ProgressDisplay implements AutoCloseable {
  private static final long BAR_MILLIS = 200;
  private static final long LINE_MILLIS = 10_000;

  private final Output output;
  private final Ticker ticker;
  private final Supplier<List<Snapshot>> source;
  private final ProgressMeter meter;
  private final ScheduledExecutorService thread;

  private ProgressDisplay(Output output, Ticker ticker, Supplier<List<Snapshot>> source) {
    this.output = requireNonNull(output, "output is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.source = requireNonNull(source, "source is null");
    this.meter = new ProgressMeter(ticker.nanos());
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, "progress");
              daemon.setDaemon(true);
              return daemon;
            });
  }

  /**
   * Starts to show.
   *
   * @param source the counters of all jobs as they are now
   */
  public static ProgressDisplay start(
      Output output, Ticker ticker, Supplier<List<Snapshot>> source) {
    ProgressDisplay display = new ProgressDisplay(output, ticker, source);
    display.schedule();
    return display;
  }

  private void schedule() {
    long millis =
        switch (output.mode().progress()) {
          case NONE -> 0;
          case LINES -> LINE_MILLIS;
          case BAR -> BAR_MILLIS;
        };
    if (millis > 0) {
      // Ends with the thread; a failure to draw ends the drawing, not the job.
      var unused = thread.scheduleWithFixedDelay(this::draw, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** Shows the counters as they are now. */
  void draw() {
    List<Snapshot> snapshots = source.get();
    meter.sample(ticker.nanos(), ProgressTotals.of(snapshots));
    if (output.isJson()) {
      snapshots.forEach(
          snapshot -> output.event(MessageType.STATUS, ProgressText.json(snapshot, meter)));
    } else if (output.mode().progress() == OutputMode.Progress.BAR) {
      output.progress(ProgressText.bar(meter));
    } else {
      output.error(ProgressText.line(meter));
    }
  }

  /** Stops and takes the bar away. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    output.progress("");
  }
}
