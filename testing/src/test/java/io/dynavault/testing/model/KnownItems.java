// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that a table ever held, and in which second it was written. */
final class KnownItems {
  private final List<Version> versions = new ArrayList<>();
  private final SortedMap<String, String> now = new TreeMap<>();

  /** An item from a second on; null: it was removed. */
  private record Version(long second, String key, @Nullable String item) {}

  /** Takes note of a change that was made just now. */
  synchronized void change(Instant time, String key, @Nullable String item) {
    versions.add(new Version(time.getEpochSecond(), key, item));
    if (item == null) {
      now.remove(key);
    } else {
      now.put(key, item);
    }
  }

  /**
   * The table is gone, with all that was in it. That is no change of its items: what it held at the
   * end of that second is what it last held.
   */
  synchronized void clear(Instant time) {
    List.copyOf(now.keySet()).forEach(key -> change(time.plusSeconds(1), key, null));
  }

  /** What the table holds now, by key. */
  synchronized SortedMap<String, String> now() {
    return new TreeMap<>(now);
  }

  /** What it held after all changes whose second is before that of a moment. */
  synchronized SortedMap<String, String> at(Instant moment) {
    SortedMap<String, String> items = new TreeMap<>();
    for (Version version : versions) {
      if (version.second() >= moment.getEpochSecond()) {
        break;
      }
      if (version.item() == null) {
        items.remove(version.key());
      } else {
        items.put(version.key(), version.item());
      }
    }
    return items;
  }

  /** How many changes there were. */
  synchronized int changes() {
    return versions.size();
  }
}
