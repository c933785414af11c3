// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.BulkDelete;
import io.dynavault.format.layout.ContinuousKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes what has expired of a chain, hour by hour, oldest first: change files, then commits, then
 * the index that names them. Begun again it goes on.
 */
final class ExpiredObjects {
  private final ObjectStore store;
  private final ChainLog log;
  private final ContinuousKeys keys;
  private final BulkDelete bulk;

  /**
   * @param check called before each batch; fails when nothing more may be deleted
   */
  ExpiredObjects(ObjectStore store, ChainLog log, Runnable check) {
    this.store = requireNonNull(store, "store is null");
    this.log = requireNonNull(log, "log is null");
    this.keys = log.chain().keys();
    this.bulk = new BulkDelete(store, check);
  }

  /** Whether a run that was cut short has left some. */
  static boolean areLeft(ChainLog log) {
    long first = log.firstNumber();
    return first > 1
        && log.hours().stream()
            .flatMap(hour -> log.hour(hour).stream())
            .findFirst()
            .filter(commits -> commits.get(0).number() < first)
            .isPresent();
  }

  /**
   * Deletes.
   *
   * @param from the first commit that may be there without an index that names it
   */
  void delete(long from) throws InterruptedException {
    long through = log.firstNumber() - 1;
    List<Instant> unreadable = new ArrayList<>();
    for (Instant hour : log.hours()) {
      Optional<List<Commit>> commits = log.hour(hour);
      if (commits.isEmpty()) {
        unreadable.add(hour);
        continue;
      }
      if (commits.get().get(0).number() > through) {
        break;
      }
      delete(commits.get());
      unreadable.add(hour);
      bulk.delete(unreadable.stream().map(keys::hour).toList());
      unreadable.clear();
    }
    deleteUnindexed(from, through);
  }

  private void delete(List<Commit> commits) throws InterruptedException {
    bulk.delete(
        commits.stream().flatMap(one -> one.files().stream()).map(ChangeFile::key).toList());
    bulk.delete(commits.stream().map(Commit::number).map(keys::commit).toList());
  }

  /** Commits that no index has had: of the last hour of a chain, or of a damaged index. */
  private void deleteUnindexed(long from, long through) throws InterruptedException {
    for (long first = from; first <= through; first = ContinuousKeys.lastOfFolder(first) + 1) {
      List<Long> left = new ArrayList<>();
      store.list(
          keys.commitFolder(first),
          info ->
              keys.parseCommit(info.key())
                  .filter(number -> number <= through)
                  .ifPresent(left::add));
      List<Commit> commits = new ArrayList<>();
      for (long number : left) {
        log.expired(number).ifPresent(commits::add);
      }
      delete(commits);
      bulk.delete(left.stream().map(keys::commit).toList());
    }
  }
}
