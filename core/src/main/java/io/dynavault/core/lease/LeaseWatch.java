// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.lease.ProcessProbe.Life;
import io.dynavault.core.store.ObjectInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches one lease that somebody else has until it is sure whether that holder lives. Not safe for
 * several threads.
 */
final class LeaseWatch {
  /** What is known of the holder. */
  enum Verdict {
    /** The lease may be taken. */
    FREE,
    /** The holder was seen to live. */
    ALIVE,
    /** Watch on. */
    UNDECIDED
  }

  private final LeaseSettings settings;
  private final StoreClock storeClock;
  private @Nullable String version;
  private long watchedSinceNanos;
  private Duration needed = Duration.ZERO;

  LeaseWatch(LeaseSettings settings, StoreClock storeClock) {
    this.settings = requireNonNull(settings, "settings is null");
    this.storeClock = requireNonNull(storeClock, "storeClock is null");
  }

  Verdict look(ObjectInfo info, LeaseState state) {
    if (state.phase() == LeaseState.Phase.RELEASED) {
      return Verdict.FREE;
    }
    Life life = settings.processes().lifeOf(state.holder());
    if (life == Life.DEAD) {
      return Verdict.FREE;
    }
    boolean first = version == null;
    if (!info.version().equals(version)) {
      boolean overdue = isOverdue(info, state);
      version = info.version();
      watchedSinceNanos = settings.ticker().nanos();
      needed = overdue ? state.ttl().dividedBy(2) : state.ttl();
      boolean livesHere = life == Life.ALIVE && !overdue;
      return livesHere || !first ? Verdict.ALIVE : Verdict.UNDECIDED;
    }
    return remaining().isZero() ? Verdict.FREE : Verdict.UNDECIDED;
  }

  /** How much longer the lease must stay unchanged to count as run out. */
  Duration remaining() {
    Duration watched = Duration.ofNanos(settings.ticker().nanos() - watchedSinceNanos);
    Duration rest = needed.minus(watched);
    return rest.isNegative() ? Duration.ZERO : rest;
  }

  private boolean isOverdue(ObjectInfo info, LeaseState state) {
    Duration age = Duration.between(info.lastModified(), storeClock.storeTime());
    return age.compareTo(state.ttl()) > 0;
  }
}
