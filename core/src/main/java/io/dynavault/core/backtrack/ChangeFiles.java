// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChangeReading;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.change.ChangeFileReader;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.KeyReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads all changes since a time out of the change files of a chain. */
public final class ChangeFiles {
  private static final int STEP_BACK = 500;

  /** How wrong the clock may be that commits are written by. */
  private static final Duration CLOCK_ERROR = Duration.ofMinutes(15);

  /** Of the order of a change in its commit, the line; the rest is the number of its file. */
  private static final int LINE_BITS = 40;

  private final BacktrackPlan plan;
  private final RunContext context;
  private final ChangedItems items;
  private boolean begun;

  private ChangeFiles(BacktrackPlan plan, RunContext context, ChangedItems items) {
    this.plan = requireNonNull(plan, "plan is null");
    this.context = requireNonNull(context, "context is null");
    this.items = requireNonNull(items, "items is null");
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
      new ChangeFiles(plan, context, items).read(new ChangeReading(store, workers, context.stop()));
      items.finish();
      read = true;
      return items;
    } finally {
      if (!read) {
        items.close();
      }
    }
  }

  private void read(ChangeReading reading) throws InterruptedException {
    context.progress().begin("reading changes", 0, 0);
    Instant since = plan.request().toTime();
    reading
        .only(
            file -> {
              // What comes behind a change of that time counts, however late it is.
              begun |= !file.lastTime().isBefore(since);
              return begun;
            })
        .read(plan.log(), first(since), plan.lastCommit(), this::add);
  }

  /**
   * The first commit that can have a change of the time. A shard that is read faster than others
   * has changes in commits that are complete to less; they were written when they had happened.
   */
  private long first(Instant since) {
    long first = plan.log().firstCompleteTo(since).map(Commit::number).orElse(plan.lastCommit());
    boolean reached = false;
    long start = plan.log().firstNumber();
    while (first > start && !reached) {
      long back = Math.max(start, first - STEP_BACK);
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

  private void add(long commit, int file, ChangeFileReader change) {
    context.progress().add(1, change.keys().size());
    long line = ((long) file << LINE_BITS) | change.lineNumber();
    items.add(
        new ChangedItems.Place(commit, line, change.micros(), change.timeToLive()),
        change.array(),
        slice(change.keys()),
        slice(change.oldImage()),
        slice(change.newImage()));
  }

  private static ChangedItems.Slice slice(ChangeLine.@Nullable Slice slice) {
    return slice == null
        ? ChangedItems.Slice.NONE
        : new ChangedItems.Slice(slice.offset(), slice.length());
  }
}
