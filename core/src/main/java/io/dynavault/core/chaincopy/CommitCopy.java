// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainObjects;
import io.dynavault.core.continuous.ChainObjects.StoredCommit;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Copies commits in order, each after its files. The files of some commits are copied side by side
 * while those before them are put one by one: so the copy has no hole at any time. Used once.
 */
final class CommitCopy {
  /** Commits whose files are copied side by side. */
  private static final int BATCH = 256;

  private final ChainDelta delta;
  private final ChainObjects objects;
  private final Carriage carriage;
  private final ChangeFileCopy files;
  private final HourCopy hours;
  private final NavigableMap<Long, DynavaultException> damaged = new ConcurrentSkipListMap<>();
  private Optional<Commit> last;
  private long commits;

  CommitCopy(ChainDelta delta, Carriage carriage) {
    this.delta = requireNonNull(delta, "delta is null");
    this.objects = delta.source().stored();
    this.carriage = requireNonNull(carriage, "carriage is null");
    this.files = new ChangeFileCopy(delta.chain(), carriage);
    this.hours = new HourCopy(delta, carriage);
    this.last = delta.before();
  }

  /** Copies the commits that are missing, up to one that is damaged or whose file is. */
  void run() throws InterruptedException {
    NavigableMap<Long, StoredCommit> ready = new TreeMap<>();
    for (long next = delta.from(); damaged.isEmpty() && next <= delta.to(); next += BATCH) {
      ready = copy(next, Math.min(delta.to(), next + BATCH - 1), ready);
    }
    put(ready);
    hours.upTo(reached());
  }

  /** The number of the last commit that the target has. */
  long reached() {
    return last.map(Commit::number).orElse(delta.from() - 1);
  }

  /** Why not all commits were copied. */
  Optional<DynavaultException> failure() {
    return damaged.values().stream().findFirst();
  }

  CopiedVolume volume() {
    return new CopiedVolume(commits, files.count(), files.bytes());
  }

  /** Puts commits whose files are there, and copies the files of those from one to another. */
  private NavigableMap<Long, StoredCommit> copy(
      long from, long to, NavigableMap<Long, StoredCommit> ready) throws InterruptedException {
    NavigableMap<Long, StoredCommit> copied = new ConcurrentSkipListMap<>();
    List<Callable<Boolean>> tasks = new ArrayList<>();
    tasks.add(
        () -> {
          put(ready);
          return true;
        });
    files.forgetWhatIsThere();
    for (long number = from; number <= to; number++) {
      long one = number;
      tasks.add(() -> copyFiles(one, copied));
    }
    new Parallel("copy", carriage.workers()).run(tasks);
    return damaged.isEmpty() ? copied : copied.headMap(damaged.firstKey(), false);
  }

  /** What is damaged stops the copy there, and not the commits before it. */
  private boolean copyFiles(long number, NavigableMap<Long, StoredCommit> copied) {
    carriage.check().run();
    try {
      StoredCommit stored = objects.commit(number);
      files.copy(stored.commit());
      copied.put(number, stored);
      return true;
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      delta.source().requireNotExpired(number); // meanwhile
      damaged.put(number, e);
      return false;
    }
  }

  private void put(NavigableMap<Long, StoredCommit> ready) {
    for (StoredCommit stored : ready.values()) {
      Commit commit = stored.commit();
      hours.upTo(reached());
      requireOrder(commit);
      carriage.put(delta.chain().keys().commit(commit.number()), stored.content());
      last = Optional.of(commit);
      commits++;
    }
  }

  /** Also where the commit before has expired in the source, and could not be compared. */
  private void requireOrder(Commit commit) {
    boolean follows =
        last.filter(
                before ->
                    before.hour().isAfter(commit.hour())
                        || before.completeTo().isAfter(commit.completeTo()))
            .isEmpty();
    if (!follows) {
      throw ChainComparison.differs(
          delta.chain(), carriage.target(), "what is before commit " + commit.number());
    }
  }
}
