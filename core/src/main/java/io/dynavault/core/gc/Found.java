// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Objects of a listing, and the sum of what is known of them. */
record Found(List<String> keys, long bytes, Instant lastWritten) {
  static final Found NOTHING = new Found(List.of(), 0, Instant.MIN);

  static Found below(ObjectStore store, String prefix) {
    return below(store, prefix, info -> true);
  }

  static Found below(ObjectStore store, String prefix, Predicate<ObjectInfo> which) {
    List<ObjectInfo> infos = new ArrayList<>();
    store.list(
        prefix,
        info -> {
          if (which.test(info)) {
            infos.add(info);
          }
        });
    Instant last =
        infos.stream().map(ObjectInfo::lastModified).max(Instant::compareTo).orElse(Instant.MIN);
    long bytes = infos.stream().mapToLong(ObjectInfo::size).sum();
    return new Found(infos.stream().map(ObjectInfo::key).toList(), bytes, last);
  }

  /** Those of the keys that are there. */
  static Found of(ObjectStore store, List<String> keys) {
    Found found = NOTHING;
    for (String key : keys) {
      Optional<ObjectInfo> info = store.stat(key);
      if (info.isPresent()) {
        Instant written = info.get().lastModified();
        found = found.then(new Found(List.of(key), info.get().size(), written));
      }
    }
    return found;
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** These, then the others. */
  Found then(Found others) {
    List<String> all = new ArrayList<>(keys);
    all.addAll(others.keys);
    Instant last = lastWritten.isAfter(others.lastWritten) ? lastWritten : others.lastWritten;
    return new Found(all, bytes + others.bytes, last);
  }
}
