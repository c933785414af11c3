// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How fast a job is, measured over its last seconds. Confined to one thread. */
final class ProgressMeter {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private record Sample(long nanos, ProgressTotals totals) {}

  private final long startNanos;
  private long phaseNanos;
  private final Deque<Sample> samples = new ArrayDeque<>();

  ProgressMeter(long startNanos) {
    this.startNanos = startNanos;
    this.phaseNanos = startNanos;
  }

  /** Counters that fall belong to a phase that has begun since the last sample. */
  void sample(long nanos, ProgressTotals totals) {
    if (!samples.isEmpty() && totals.items() < latest().items()) {
      phaseNanos = samples.getLast().nanos();
      samples.clear();
    }
    samples.addLast(new Sample(nanos, totals));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW.toNanos()) {
      samples.removeFirst();
    }
  }

  ProgressTotals latest() {
    return samples.getLast().totals();
  }

  Duration elapsed() {
    return Duration.ofNanos(samples.getLast().nanos() - startNanos);
  }

  double itemsPerSecond() {
    return perSecond((double) latest().items() - samples.getFirst().totals().items());
  }

  double bytesPerSecond() {
    return perSecond((double) latest().bytes() - samples.getFirst().totals().bytes());
  }

  double unitsPerSecond() {
    return perSecond(latest().capacityUnits() - samples.getFirst().totals().capacityUnits());
  }

  /**
   * Time to the end of what is being done now, at the average speed so far; empty where the end or
   * the speed is unknown.
   */
  Optional<Duration> remaining() {
    double share = latest().share();
    double elapsed = (samples.getLast().nanos() - phaseNanos) / 1e9;
    if (share <= 0 || elapsed <= 0) {
      return Optional.empty();
    }
    double seconds = elapsed * (1 - share) / share;
    return Optional.of(Duration.ofSeconds((long) Math.ceil(seconds)));
  }

  private double perSecond(double amount) {
    double seconds = (samples.getLast().nanos() - samples.getFirst().nanos()) / 1e9;
    return seconds <= 0 ? 0 : amount / seconds;
  }
}
