// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.FormatException;
import io.dynavault.format.change.ChangeFileReader;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.KeyReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Reads all changes since a time out of the change files of a chain. */
public final class ChangeFiles {
  private static final int BATCH = 256;
  private static final int STEP_BACK = 500;

  /** How wrong the clock may be that commits are written by. */
  private static final Duration CLOCK_ERROR = Duration.ofMinutes(15);

  /** Of the order of a change in its commit, the line; the rest is the number of its file. */
  private static final int LINE_BITS = 40;

  private final ObjectStore store;
  private final BacktrackPlan plan;
  private final int workers;
  private final RunContext context;

  private ChangeFiles(ObjectStore store, BacktrackPlan plan, int workers, RunContext context) {
    this.store = requireNonNull(store, "store is null");
    this.plan = requireNonNull(plan, "plan is null");
    this.workers = workers;
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * The items that have changed as a plan says; to be closed.
   *
   * @param store the vault's
   * @param workers files read at the same time
   * @throws DynavaultException {@code DAMAGED} where a commit or a file is not whole
   */
  public static ChangedItems read(
      ObjectStore store, BacktrackPlan plan, int workers, RunContext context)
      throws InterruptedException {
    ChangedItems items = new ChangedItems(plan.request(), new KeyReader(plan.table().keySchema()));
    boolean read = false;
    try {
      new ChangeFiles(store, plan, workers, context).readInto(items);
      items.finish();
      read = true;
      return items;
    } finally {
      if (!read) {
        items.close();
      }
    }
  }

  /** A file and where its changes stand among all. */
  private record Needed(long commit, int number, ChangeFile file) {}

  private void readInto(ChangedItems items) throws InterruptedException {
    context.progress().begin("reading changes", 0, 0);
    Instant since = plan.request().toTime();
    List<Needed> batch = new ArrayList<>();
    long next = first(since);
    boolean[] begun = {false};
    while (next <= plan.lastCommit()) {
      long[] reached = {next};
      plan.log()
          .walk(
              next,
              plan.lastCommit(),
              commit -> {
                for (int i = 0; i < commit.files().size(); i++) {
                  ChangeFile file = commit.files().get(i);
                  // What comes behind a change of that time counts, however late it is.
                  begun[0] |= !file.lastTime().isBefore(since);
                  if (begun[0]) {
                    batch.add(new Needed(commit.number(), i, file));
                  }
                }
                reached[0] = commit.number() + 1;
                return batch.size() < BATCH;
              });
      read(batch, items);
      batch.clear();
      next = reached[0];
    }
  }

  /**
   * The first commit that can have a change of the time. A shard that is read faster than others
   * has changes in commits that are complete to less; they were written when they had happened.
   */
  private long first(Instant since) {
    long first = plan.log().firstCompleteTo(since).map(Commit::number).orElse(plan.lastCommit());
    boolean reached = false;
    while (first > 1 && !reached) {
      long back = Math.max(1, first - STEP_BACK);
      List<Commit> before = plan.log().commits(back, first - 1);
      reached =
          before.get(0).written().isBefore(since.minus(CLOCK_ERROR))
              && before.stream()
                  .flatMap(commit -> commit.files().stream())
                  .allMatch(file -> file.lastTime().isBefore(since));
      first = back;
    }
    return first;
  }

  private void read(List<Needed> files, ChangedItems items) throws InterruptedException {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (Needed file : List.copyOf(files)) {
      tasks.add(
          () -> {
            read(file, items);
            return true;
          });
    }
    new Parallel("changes", workers).run(tasks);
  }

  private void read(Needed needed, ChangedItems items) {
    ChangeFile file = needed.file();
    try (ObjectDownload stored = store.read(file.key());
        ChangeFileReader reader =
            ChangeFileReader.open(stored, file.key(), file.changes(), file.checksum().value())) {
      while (reader.next()) {
        if (context.stop().isRequested()) {
          throw context.stop().interrupted("the backtrack");
        }
        context.progress().add(1, reader.keys().size());
        long line = ((long) needed.number() << LINE_BITS) | reader.lineNumber();
        items.add(
            new ChangedItems.Place(needed.commit(), line, reader.micros(), reader.timeToLive()),
            reader.array(),
            slice(reader.keys()),
            slice(reader.oldImage()),
            slice(reader.newImage()));
      }
    } catch (FormatException | IOException e) {
      String reason = String.valueOf(e.getMessage());
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          reason.contains(file.key())
              ? reason
              : "unable to read change file '%s': %s".formatted(file.key(), reason),
          "nothing was written to the table; see what is affected with: dynavault verify",
          e);
    }
  }

  private static ChangedItems.Slice slice(ChangeLine.@Nullable Slice slice) {
    return slice == null
        ? ChangedItems.Slice.NONE
        : new ChangedItems.Slice(slice.offset(), slice.length());
  }
}
