// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The end of a chain, to which commits are appended. Remembers the commits that no index has yet.
 * Not safe for several threads.
 */
final class ChainTail {
  /** Keeps an index small even where the clock stands still or has jumped ahead. */
  static final int MAX_PER_HOUR = 4_000;

  private final ObjectStore store;
  private final Chain chain;
  private Optional<Commit> last;
  private final List<Commit> unindexed = new ArrayList<>();

  private ChainTail(ObjectStore store, Chain chain, Optional<Commit> last) {
    this.store = store;
    this.chain = chain;
    this.last = last;
  }

  /** Indexes that are lost at the end are written again, so that what is remembered stays small. */
  static ChainTail read(ObjectStore store, Chain chain) {
    CommitObjects objects = new CommitObjects(requireNonNull(store, "store is null"), chain);
    Optional<Commit> indexed = new CommitWalk(objects).lastIndexed();
    long known = Math.max(objects.expired(), indexed.map(Commit::number).orElse(0L));
    ChainTail tail = new ChainTail(store, chain, indexed);
    new CommitWalk(objects)
        .walk(List.of(), known + 1, objects.lastNumber(known), tail::rememberWithoutIndex);
    return tail;
  }

  private boolean rememberWithoutIndex(Commit commit) {
    index(commit.hour());
    last = Optional.of(commit);
    return unindexed.add(commit);
  }

  /** The number that the next commit gets. */
  long next() {
    return last.map(Commit::number).orElse(0L) + 1;
  }

  /** See {@link ChainLog#writtenAt}. */
  Instant writtenAt(Instant now) {
    if (last.isEmpty() || (last.get().written().isBefore(now) && hourHasRoom(now))) {
      return now;
    }
    Instant before = last.get().written();
    return hourHasRoom(before)
        ? before
        : before.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
  }

  private boolean hourHasRoom(Instant time) {
    Instant hour = time.truncatedTo(ChronoUnit.HOURS);
    return unindexed.size() < MAX_PER_HOUR
        || unindexed.stream().filter(commit -> commit.hour().equals(hour)).count() < MAX_PER_HOUR;
  }

  /**
   * Appends a commit that has the next number.
   *
   * @return false if another process has taken the number
   */
  boolean append(Commit commit) {
    if (last.isPresent()) {
      requireOrder(last.get(), commit);
    }
    requireFiles(commit);
    index(commit.hour());
    byte[] content = CommitParser.write(commit);
    String key = chain.keys().commit(commit.number());
    if (store.putIfAbsent(key, content).isEmpty() && !isStored(key, content)) {
      return false;
    }
    last = Optional.of(commit);
    return unindexed.add(commit);
  }

  /** Whether a commit that is there is this one. */
  boolean isStored(Commit commit) {
    return isStored(chain.keys().commit(commit.number()), CommitParser.write(commit));
  }

  /** The answer to a write that happened can have been lost. */
  private boolean isStored(String key, byte[] content) {
    return StoredJson.find(store, key)
        .filter(stored -> Arrays.equals(stored.content(), content))
        .isPresent();
  }

  private static void requireOrder(Commit last, Commit commit) {
    if (commit.hour().isBefore(last.hour())) {
      throw new IllegalArgumentException("the hours of commits run backwards");
    }
    if (commit.completeTo().isBefore(last.completeTo())) {
      throw new IllegalArgumentException("completeTo runs backwards");
    }
  }

  /** A commit promises its files: they are there before it. */
  private void requireFiles(Commit commit) {
    for (ChangeFile file : commit.files()) {
      if (!chain.keys().isDataFile(file.key())) {
        throw new IllegalArgumentException("not a change file of this chain: " + file.key());
      }
      Optional<ObjectInfo> info = store.stat(file.key());
      if (info.isEmpty() || info.get().size() != file.size()) {
        throw new DynavaultException(
            ErrorCode.DAMAGED,
            "unable to commit changes of table '%s': change file '%s' is missing or has another size"
                .formatted(chain.tableName(), file.key()));
      }
    }
  }

  /** Writes the indexes of the hours before this one. One that is there stays as it is. */
  private void index(Instant hour) {
    Map<Instant, List<Commit>> hours = new TreeMap<>();
    for (Commit commit : unindexed) {
      if (commit.hour().isBefore(hour)) {
        hours.computeIfAbsent(commit.hour(), same -> new ArrayList<>()).add(commit);
      }
    }
    hours.forEach(
        (ended, commits) ->
            store.putIfAbsent(
                chain.keys().hour(ended), CommitParser.writeHour(chain, ended, commits)));
    unindexed.removeIf(commit -> commit.hour().isBefore(hour));
  }
}
