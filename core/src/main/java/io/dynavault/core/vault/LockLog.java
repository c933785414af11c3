// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.StoreClock;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.VaultKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lock of a vault and its changes (docs/format/vault.md, "The vault lock"). A compliance lock
 * cannot be loosened after its lock date, neither through this class nor by an entry that somebody
 * wrote by hand: readers ignore it.
 */
public final class LockLog {
  private static final int ATTEMPTS = 10;

  private final ObjectStore store;
  private final StoreClock clock;

  LockLog(ObjectStore store, StoreClock clock) {
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The lock in force. */
  public LockState state() {
    return fold(log().read());
  }

  /**
   * Sets or changes the lock.
   *
   * @throws DynavaultException {@code LOCKED} if a lock that is final forbids it, {@code USAGE} if
   *     the lock date leaves less than three days to think again
   */
  public void lock(VaultLock lock) {
    Instant earliest = clock.later().plus(VaultLock.MIN_GRACE);
    append(Optional.of(lock), earliest);
  }

  /**
   * Removes the lock; nothing happens where there is none.
   *
   * @throws DynavaultException {@code LOCKED} if the lock is final
   */
  public void unlock() {
    append(Optional.empty(), Instant.MIN);
  }

  private void append(Optional<VaultLock> lock, Instant earliestLockDate) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<StoredJson> entries = log().read();
      Optional<VaultLock> current = fold(entries).lock();
      if (current.equals(lock)) {
        return;
      }
      Instant now = clock.later();
      if (current.isPresent() && !isAllowed(current.get(), lock, now)) {
        throw refused(current.get());
      }
      checkGrace(current, lock, earliestLockDate);
      if (log().append(entries.size(), new LockEntry(lock, now).toJson())) {
        return;
      }
    }
    throw new DynavaultException(
        ErrorCode.LEASE_HELD,
        "unable to change the vault's lock: others change it at the same time");
  }

  private static void checkGrace(
      Optional<VaultLock> current, Optional<VaultLock> lock, Instant earliest) {
    Optional<Instant> date = lock.flatMap(VaultLock::lockDate);
    boolean sameDate = date.isPresent() && date.equals(current.flatMap(VaultLock::lockDate));
    // A second for the time between choosing the date and writing it.
    if (!sameDate && date.filter(d -> d.plusSeconds(1).isBefore(earliest)).isPresent()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to lock the vault from " + date.get() + " on: that is less than 3 days from now",
          "choose a later date: until then the lock can still be removed, after it never");
    }
  }

  private LockState fold(List<StoredJson> entries) {
    Optional<VaultLock> lock = Optional.empty();
    List<String> ignored = new ArrayList<>();
    for (StoredJson stored : entries) {
      LockEntry entry = LockEntry.read(stored);
      Instant written = stored.info().lastModified();
      if (lock.isPresent() && !isAllowed(lock.get(), entry.lock(), written)) {
        ignored.add(stored.info().key());
      } else {
        lock = entry.lock();
      }
    }
    return new LockState(lock, ignored);
  }

  private static boolean isAllowed(VaultLock current, Optional<VaultLock> next, Instant time) {
    return !current.isFinal(time) || next.filter(n -> n.isAtLeastAsTightAs(current)).isPresent();
  }

  private static DynavaultException refused(VaultLock current) {
    return new DynavaultException(
        ErrorCode.LOCKED,
        "unable to change the vault's lock: it is in compliance mode and final since "
            + current.lockDate().map(Instant::toString).orElse("its creation"),
        "it can only be made tighter: a longer minimum, a shorter maximum");
  }

  private NumberedLog log() {
    return new NumberedLog(store, VaultKeys.LOCK_LOG);
  }

  /** The lock date that leaves this many days to think again. */
  public Instant lockDateIn(Duration grace) {
    return clock.later().plus(grace);
  }
}
