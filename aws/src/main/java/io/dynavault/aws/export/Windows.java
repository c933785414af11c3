// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a span of time into windows that AWS exports: 15 minutes to 24 hours each (DynamoDB
 * Developer Guide, "Requesting a table export in DynamoDB").
 *
 * @param windows in order, each beginning where the one before ends
 * @param end where the last one ends; the span's beginning if there is none
 */
record Windows(List<Window> windows, Instant end) {
  static final Duration SHORTEST = Duration.ofMinutes(15);
  static final Duration LONGEST = Duration.ofHours(24);

  /** From {@code from}, inclusive, to {@code to}, exclusive. */
  record Window(Instant from, Instant to) {}

  /** Cuts as much as can be; a rest that is too short is left for the next time. */
  static Windows upTo(Instant from, Instant to) {
    List<Window> windows = new ArrayList<>();
    Instant at = from;
    while (Duration.between(at, to).compareTo(SHORTEST) >= 0) {
      Instant end = earlier(at.plus(LONGEST), to);
      windows.add(new Window(at, end));
      at = end;
    }
    return new Windows(List.copyOf(windows), at);
  }

  /** Cuts all of a span; empty where that is too short. */
  static Optional<Windows> exactly(Instant from, Instant to) {
    Windows most = upTo(from, to);
    if (most.end().equals(to)) {
      return Optional.of(most);
    }
    if (most.windows().isEmpty()) {
      return Optional.empty();
    }
    Instant lastStart = to.minus(SHORTEST);
    int last = most.windows().size() - 1;
    List<Window> windows = new ArrayList<>(most.windows().subList(0, last));
    windows.add(new Window(most.windows().get(last).from(), lastStart));
    windows.add(new Window(lastStart, to));
    return Optional.of(new Windows(List.copyOf(windows), to));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
