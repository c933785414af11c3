// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.gc.DebrisSearch.Verdict;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.ContinuousKeys;
import io.dynavault.format.layout.RecoveryPointKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds the change files that no commit of their chain names and none ever will: the chain has gone
 * on, or has ended, so long after them that their writer has lost its place. That is told by the
 * times of the store alone, and needs no lease: a capture that sleeps for days and goes on takes
 * the next number or none, and names what is younger than the last commit.
 */
final class ChangeFileSearch {
  private final ObjectStore store;
  private final Duration grace;

  ChangeFileSearch(Vault vault, Duration grace) {
    this.store = requireNonNull(vault, "vault is null").store();
    this.grace = requireNonNull(grace, "grace is null");
  }

  /** Tables and ids of all chains. */
  List<RecoveryPointKey> chains() {
    ContinuousBackups backups = new ContinuousBackups(store);
    List<RecoveryPointKey> chains = new ArrayList<>();
    for (String table : backups.tables()) {
      backups.ids(table).forEach(id -> chains.add(new RecoveryPointKey(table, id.value())));
    }
    return chains;
  }

  /**
   * The change files of a chain that nobody names.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code DAMAGED} if one of its commits cannot
   *     be read: it may name any of them
   */
  Verdict look(RecoveryPointKey chain) {
    Optional<ChainLog> log =
        new ContinuousBackups(store).find(chain.table(), new RecoveryPointId(chain.id()));
    if (log.isEmpty()) {
      return Verdict.NOTHING;
    }
    long last = log.get().last().map(Commit::number).orElse(0L);
    ContinuousKeys keys = log.get().chain().keys();
    Optional<Instant> settled =
        later(last == 0 ? Optional.empty() : store.stat(keys.commit(last)), store.stat(keys.end()));
    if (settled.isEmpty()) {
      return Verdict.NOTHING;
    }
    Predicate<ObjectInfo> old =
        info ->
            keys.isDataFile(info.key()) && !info.lastModified().plus(grace).isAfter(settled.get());
    Found found = unnamed(log.get(), last, old);
    return found.isEmpty()
        ? Verdict.NOTHING
        : Verdict.debris(Debris.Kind.UNNAMED_CHANGES, chain, found);
  }

  /** Files that no commit names: most folders have none, and the others are looked at closely. */
  private Found unnamed(ChainLog log, long last, Predicate<ObjectInfo> old) {
    ContinuousKeys keys = log.chain().keys();
    FolderSums sums = new FolderSums();
    eachNamed(log, last, sums::addNamed);
    store.list(keys.data(), info -> sums.addStored(info.key(), old.test(info)));
    if (!sums.differ()) {
      return Found.NOTHING;
    }
    Set<String> named = new HashSet<>();
    eachNamed(
        log,
        last,
        key -> {
          if (sums.differ(key)) {
            named.add(key);
          }
        });
    return Found.below(
        store,
        keys.data(),
        info -> sums.differ(info.key()) && old.test(info) && !named.contains(info.key()));
  }

  private static void eachNamed(ChainLog log, long last, Consumer<String> consumer) {
    log.walk(
        log.firstNumber(),
        last,
        commit -> {
          commit.files().stream().map(ChangeFile::key).forEach(consumer);
          return true;
        });
  }

  /** What an expiry that was cut short has left; the files go as those that nobody names. */
  Verdict expired(RecoveryPointKey chain) {
    Optional<ChainLog> log =
        new ContinuousBackups(store).find(chain.table(), new RecoveryPointId(chain.id()));
    long first = log.map(ChainLog::firstNumber).orElse(1L);
    if (first == 1) {
      return Verdict.NOTHING;
    }
    ContinuousKeys keys = log.orElseThrow().chain().keys();
    Found commits =
        Found.below(
            store,
            keys.commits(),
            info -> keys.parseCommit(info.key()).filter(number -> number < first).isPresent());
    Optional<Instant> firstHour =
        log.get().last().map(last -> log.get().commits(first, first).get(0).hour());
    Found hours =
        Found.below(
            store,
            keys.hours(),
            info ->
                keys.parseHour(info.key())
                    .filter(hour -> firstHour.filter(kept -> !hour.isBefore(kept)).isEmpty())
                    .isPresent());
    Found found = commits.then(hours);
    return found.isEmpty()
        ? Verdict.NOTHING
        : Verdict.debris(Debris.Kind.EXPIRED_COMMITS, chain, found);
  }

  private static Optional<Instant> later(Optional<ObjectInfo> one, Optional<ObjectInfo> other) {
    return List.of(one, other).stream()
        .flatMap(Optional::stream)
        .map(ObjectInfo::lastModified)
        .max(Instant::compareTo);
  }
}
