// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.ContinuousKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Which of the objects that name a chain's change files are there and whole. A commit and the index
 * of its hour stand in for each other, so that nobody else notices when one of them is gone.
 */
public final class CommitInventory {
  private static final int READERS = 8;

  private final ObjectStore store;
  private final ContinuousKeys keys;
  private final CommitObjects objects;

  CommitInventory(ObjectStore store, Chain chain) {
    this.store = requireNonNull(store, "store is null");
    this.keys = chain.keys();
    this.objects = new CommitObjects(store, chain);
  }

  /** The number of the last commit that there is, whether those before it can be read or not. */
  public long last() {
    long[] last = {new CommitWalk(objects).lastIndexed().map(Commit::number).orElse(0L)};
    store.list(
        keys.commits(),
        info ->
            keys.parseCommit(info.key()).ifPresent(number -> last[0] = Math.max(last[0], number)));
    return last[0];
  }

  /** Keys of the indexes that cannot be read, and whose commits are read one by one. */
  public List<String> unreadableIndexes() {
    List<String> unreadable = new ArrayList<>();
    for (Instant hour : objects.hours()) {
      if (objects.hour(hour).isEmpty()) {
        unreadable.add(keys.hour(hour));
      }
    }
    return unreadable;
  }

  /**
   * The numbers of commits that have no object, and that only the index of their hour has, if any.
   *
   * @param to the last number
   */
  public void withoutObject(long to, LongConsumer missing) {
    long first = objects.expired() + 1;
    long[] next = {first};
    store.list(
        keys.commits(),
        info ->
            keys.parseCommit(info.key())
                .filter(number -> number >= first && number <= to)
                .ifPresent(
                    number -> {
                      lacking(next[0], number - 1, missing);
                      next[0] = number + 1;
                    }));
    lacking(next[0], to, missing);
  }

  /** What a listing does not show is asked for. */
  private void lacking(long from, long to, LongConsumer missing) {
    LongStream.rangeClosed(from, to)
        .filter(number -> store.stat(keys.commit(number)).isEmpty())
        .forEach(missing);
  }

  /**
   * The numbers from one to another one, both included, whose objects are there and cannot be read,
   * though the index of their hour may have them. Reads each of them.
   */
  public List<Long> unreadable(long from, long to) throws InterruptedException {
    List<Callable<Optional<Long>>> reads = new ArrayList<>();
    LongStream.rangeClosed(from, to).forEach(number -> reads.add(() -> ifUnreadable(number)));
    return new Parallel("commits", READERS).run(reads).stream().flatMap(Optional::stream).toList();
  }

  private Optional<Long> ifUnreadable(long number) {
    try {
      objects.find(number);
      return Optional.empty();
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      return Optional.of(number);
    }
  }
}
