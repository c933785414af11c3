// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainObjects;
import io.dynavault.core.continuous.ChainObjects.StoredHour;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies the indexes of hours, each when the last commit that it has is there. One that is damaged
 * is left out: it is a copy of the commits. Not safe for several threads.
 */
final class HourCopy {
  private final ChainDelta delta;
  private final ChainObjects objects;
  private final Carriage carriage;
  private final Deque<Instant> hours;
  private @Nullable StoredHour next;

  HourCopy(ChainDelta delta, Carriage carriage) {
    this.delta = requireNonNull(delta, "delta is null");
    this.objects = delta.source().stored();
    this.carriage = requireNonNull(carriage, "carriage is null");
    this.hours = new ArrayDeque<>(delta.hours());
  }

  /** Copies those whose commits are all there now that this one is. */
  void upTo(long commit) {
    for (StoredHour hour = peek(); hour != null && hour.last() <= commit; hour = peek()) {
      if (hour.last() > delta.floor()) {
        carriage.check().run();
        String key = delta.chain().keys().hour(hour.hour());
        carriage.target().store().putIfAbsent(key, hour.content());
      }
      next = null;
    }
  }

  private @Nullable StoredHour peek() {
    while (next == null && !hours.isEmpty()) {
      Optional<StoredHour> read = objects.hour(hours.remove());
      next = read.orElse(null);
    }
    return next;
  }
}
