// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.ProcessProbe.Life;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.RecoveryPointKey;
import io.dynavault.format.layout.VaultKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Finds the marks that have not run out. What was once seen to have run out is not watched again,
 * as long as it does not change. Safe for several threads.
 */
public final class Marks {
  private final ObjectStore store;
  private final LeaseSettings settings;
  private final StoreClock storeClock;

  /** Versions, by key, of marks that nobody renews. */
  private final ConcurrentMap<String, String> knownRunOut = new ConcurrentHashMap<>();

  Marks(ObjectStore store, LeaseSettings settings, StoreClock storeClock) {
    this.store = requireNonNull(store, "store is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.storeClock = requireNonNull(storeClock, "storeClock is null");
  }

  /**
   * A mark that somebody put.
   *
   * @param key of its object
   * @param point the recovery point it is on
   */
  public record Found(String key, RecoveryPointKey point, LeaseState state) {
    public Found {
      requireNonNull(key, "key is null");
      requireNonNull(point, "point is null");
      requireNonNull(state, "state is null");
    }
  }

  /** Living marks on all recovery points. */
  public List<Found> living(Mark.Kind kind) throws InterruptedException {
    return livingBelow(kind, kind.folder());
  }

  /** Living marks on one recovery point. */
  public List<Found> living(Mark.Kind kind, String table, String id) throws InterruptedException {
    return livingBelow(kind, VaultKeys.marks(kind.folder(), table, id));
  }

  /** Marks that nobody renews any more. */
  public List<Found> runOut(Mark.Kind kind) throws InterruptedException {
    List<Found> living = living(kind);
    List<Found> rest = new ArrayList<>();
    for (Looked looked : look(kind, kind.folder())) {
      if (living.stream().noneMatch(mark -> mark.key().equals(looked.found().key()))) {
        rest.add(looked.found());
      }
    }
    return rest;
  }

  private List<Found> livingBelow(Mark.Kind kind, String prefix) throws InterruptedException {
    List<Looked> marks = look(kind, prefix);
    marks.removeIf(this::isKnownRunOut);
    if (marks.isEmpty()) {
      return List.of();
    }
    Instant now = storeClock.storeTime();
    List<Looked> overdue = marks.stream().filter(mark -> mark.isOverdue(now)).toList();
    if (!overdue.isEmpty()) {
      marks.removeAll(overdue);
      marks.addAll(changed(overdue));
    }
    return marks.stream().map(Looked::found).toList();
  }

  /** Those of them that are renewed after all: clocks may have jumped, so they are watched. */
  private List<Looked> changed(List<Looked> overdue) throws InterruptedException {
    Duration longest =
        overdue.stream()
            .map(mark -> mark.found().state().ttl())
            .max(Duration::compareTo)
            .orElse(settings.ttl());
    settings.sleeper().sleep(longest.dividedBy(2));
    List<Looked> changed = new ArrayList<>();
    for (Looked mark : overdue) {
      Optional<ObjectInfo> now = store.stat(mark.found().key());
      if (now.isPresent() && now.get().version().equals(mark.info().version())) {
        knownRunOut.put(mark.found().key(), mark.info().version());
      } else if (now.isPresent()) {
        changed.add(mark);
      }
    }
    return changed;
  }

  private boolean isKnownRunOut(Looked mark) {
    return mark.info().version().equals(knownRunOut.get(mark.found().key()))
        || settings.processes().lifeOf(mark.found().state().holder()) == Life.DEAD;
  }

  private List<Looked> look(Mark.Kind kind, String prefix) {
    List<String> keys = new ArrayList<>();
    store.list(prefix, info -> keys.add(info.key()));
    List<Looked> marks = new ArrayList<>();
    for (String key : keys) {
      Optional<RecoveryPointKey> point = VaultKeys.parseBelow(key, kind.folder());
      if (point.isPresent()) {
        StoredJson.find(store, key)
            .map(stored -> Looked.at(stored, point.get()))
            .ifPresent(marks::add);
      }
    }
    return marks;
  }

  private record Looked(Found found, ObjectInfo info) {
    static Looked at(StoredJson stored, RecoveryPointKey point) {
      LeaseState state = LeaseStateParser.read(stored);
      return new Looked(new Found(stored.info().key(), point, state), stored.info());
    }

    boolean isOverdue(Instant storeTime) {
      Duration age = Duration.between(info.lastModified(), storeTime);
      return age.compareTo(found.state().ttl()) > 0;
    }
  }
}
