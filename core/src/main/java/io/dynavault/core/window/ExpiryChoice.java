// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.Expiry;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.VaultLock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many commits of a chain can expire: whole hours of them. Used once. */
final class ExpiryChoice {
  private final ObjectStore store;
  private final ChainLog log;
  private final Optional<VaultLock> lock;
  private final Instant now;
  private Instant completeFrom;
  private long commits;
  private long files;
  private long bytes;
  private @Nullable Commit before;
  private Optional<Expiry> chosen = Optional.empty();
  private ChainDecision.Volume volume = ChainDecision.Volume.NONE;

  /**
   * @param now the earlier of all clocks at hand
   */
  ExpiryChoice(ObjectStore store, ChainLog log, Optional<VaultLock> lock, Instant now) {
    this.store = requireNonNull(store, "store is null");
    this.log = requireNonNull(log, "log is null");
    this.lock = requireNonNull(lock, "lock is null");
    this.now = requireNonNull(now, "now is null");
    this.completeFrom = log.completeFrom();
  }

  /** Chooses the hours that end with a commit up to this one, which is not the chain's last. */
  ExpiryChoice upTo(long limit) {
    long first = log.firstNumber();
    if (limit >= first) {
      log.walk(first, limit + 1, this::take);
    }
    return this;
  }

  /** Chooses all commits of a chain that nobody goes on with. */
  ExpiryChoice all() {
    Optional<Commit> last = log.last();
    if (last.isPresent()) {
      log.walk(log.firstNumber(), last.get().number(), this::take);
      endHour();
    }
    return this;
  }

  Optional<Expiry> expiry() {
    return chosen;
  }

  ChainDecision.Volume volume() {
    return volume;
  }

  private boolean take(Commit commit) {
    if (before != null && !before.hour().equals(commit.hour()) && !endHour()) {
      return false;
    }
    commits++;
    for (ChangeFile file : commit.files()) {
      files++;
      bytes += file.size();
      Instant after = file.lastTime().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
      completeFrom = after.isAfter(completeFrom) ? after : completeFrom;
    }
    before = commit;
    return true;
  }

  /** Whether the hour of the last commit, which is over, can expire; then so can the next one. */
  private boolean endHour() {
    Commit last = before;
    if (last == null || isLocked(last)) {
      return false;
    }
    chosen = Optional.of(new Expiry(last.chain(), last.number(), completeFrom, now));
    volume = new ChainDecision.Volume(commits, files, bytes);
    return true;
  }

  /** What a commit names was stored before it, and the index of its hour after it. */
  private boolean isLocked(Commit commit) {
    return lock.isPresent()
        && (isLocked(store.stat(log.chain().keys().commit(commit.number())))
            || isLocked(store.stat(log.chain().keys().hour(commit.hour()))));
  }

  private boolean isLocked(Optional<ObjectInfo> info) {
    return info.map(ObjectInfo::lastModified)
        .map(stored -> lock.orElseThrow().protectedUntil(stored))
        .filter(until -> until.isAfter(now))
        .isPresent();
  }
}
