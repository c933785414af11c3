// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.ContinuousKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;

/** The commits of a chain one by one, and the indexes of their hours. Safe for several threads. */
final class CommitObjects {
  private static final int READERS = 8;

  private final ObjectStore store;
  private final Chain chain;
  private final ContinuousKeys keys;

  CommitObjects(ObjectStore store, Chain chain) {
    this.store = requireNonNull(store, "store is null");
    this.chain = requireNonNull(chain, "chain is null");
    this.keys = chain.keys();
  }

  /** The hours that have an index, oldest first. */
  List<Instant> hours() {
    TreeSet<Instant> hours = new TreeSet<>();
    store.list(keys.hours(), info -> keys.parseHour(info.key()).ifPresent(hours::add));
    return List.copyOf(hours);
  }

  /**
   * The commits that the index of an hour has. Empty where it is gone or damaged: an index is a
   * copy, and whoever needs its commits reads them one by one.
   */
  Optional<List<Commit>> hour(Instant hour) {
    try {
      return StoredJson.find(store, keys.hour(hour))
          .map(stored -> CommitParser.readHour(stored, chain));
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** A commit where there is one of this number. */
  Optional<Commit> find(long number) {
    return StoredJson.find(store, keys.commit(number))
        .map(stored -> CommitParser.read(stored, chain));
  }

  /**
   * The commits from a number to another one, both included.
   *
   * @throws DynavaultException {@code DAMAGED} if one is missing
   */
  List<Commit> read(long from, long to) {
    if (from == to) {
      return List.of(find(from).orElseThrow(() -> missing(from)));
    }
    List<Callable<Commit>> reads = new ArrayList<>();
    LongStream.rangeClosed(from, to)
        .forEach(number -> reads.add(() -> find(number).orElseThrow(() -> missing(number))));
    try {
      return new Parallel("commits", READERS).run(reads);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED, "reading the commits of a chain was interrupted", e);
    }
  }

  /** The number of the last commit that has expired; 0 where none has. */
  long expired() {
    long[] last = {0};
    store.list(
        keys.expired(),
        info ->
            keys.parseExpired(info.key()).ifPresent(number -> last[0] = Math.max(last[0], number)));
    return last[0];
  }

  /** What has expired. An object that is gone has been followed by a newer one. */
  Optional<Expiry> expiry() {
    for (long through = expired(); through > 0; through = expired()) {
      Optional<StoredJson> stored = StoredJson.find(store, keys.expired(through));
      if (stored.isPresent()) {
        return Optional.of(ExpiryParser.read(stored.get(), chain));
      }
    }
    return Optional.empty();
  }

  /**
   * The number of the last commit. They are found by listing, and asked for by number where the
   * listing ends, so that an incomplete one hides nothing.
   *
   * @param known the number of one that is there, or of the last that has expired, or 0
   * @throws DynavaultException {@code DAMAGED} if one is missing before others
   */
  long lastNumber(long known) {
    long last = known;
    while (last < ContinuousKeys.MAX_COMMIT) {
      NavigableSet<Long> listed = listed(last + 1);
      if (ContinuousKeys.lastOfFolder(last + 1) < ContinuousKeys.MAX_COMMIT) {
        listed.addAll(listed(ContinuousKeys.lastOfFolder(last + 1) + 1));
      }
      long before = last;
      for (long number : listed.tailSet(last + 1, true)) {
        requireAll(last + 1, number - 1);
        last = number;
      }
      while (last < ContinuousKeys.MAX_COMMIT && exists(last + 1)) {
        last++;
      }
      if (last == before) {
        return last;
      }
    }
    return last;
  }

  private NavigableSet<Long> listed(long number) {
    NavigableSet<Long> numbers = new TreeSet<>();
    store.list(
        keys.commitFolder(number), info -> keys.parseCommit(info.key()).ifPresent(numbers::add));
    return numbers;
  }

  private void requireAll(long from, long to) {
    for (long number = from; number <= to; number++) {
      if (!exists(number)) {
        throw missing(number);
      }
    }
  }

  private boolean exists(long number) {
    return store.stat(keys.commit(number)).isPresent();
  }

  private DynavaultException missing(long number) {
    return new DynavaultException(
        ErrorCode.DAMAGED,
        "unable to read the continuous backup of table '%s': commit '%s' is missing"
            .formatted(chain.tableName(), keys.commit(number)),
        "put the object back from a copy of the vault; begin a new window with: dynavault"
            + " continuous start");
  }
}
