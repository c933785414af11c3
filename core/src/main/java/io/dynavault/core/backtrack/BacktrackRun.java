// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.write.ItemSwap;
import io.dynavault.core.write.SwapOutcome;
import io.dynavault.core.write.SwapWriter;
import io.dynavault.core.write.WriteCounters;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Makes items of a live table what they are to become, or tells what that would take.
 *
 * <p>A worker takes some keys, reads them, writes what it is about to do into the undo file, and
 * does it item by item on the condition that each is still what it read. A run that is killed is
 * completed by running it again: what it has done needs nothing any more. Its undo file stays
 * valid, and has every item that it wrote.
 */
public final class BacktrackRun {
  /** What a worker may need for items of 400 KB, whose lists and maps take ten times as much. */
  private static final long WORKER_MEMORY = 24 << 20;

  private final WantedItems wanted;
  private final BacktrackTable table;
  private final ItemSelection selection;
  private final RunContext context;

  /**
   * @param selection which items; a filter takes those that match as they are or as they were
   */
  public BacktrackRun(
      WantedItems wanted, BacktrackTable table, ItemSelection selection, RunContext context) {
    this.wanted = requireNonNull(wanted, "wanted is null");
    this.table = requireNonNull(table, "table is null");
    this.selection = requireNonNull(selection, "selection is null");
    this.context = requireNonNull(context, "context is null");
  }

  /** What is done with the swaps of some items: what became of each, in their order. */
  @FunctionalInterface
  private interface Executor {
    List<ItemAction> execute(List<ItemSwap> swaps) throws InterruptedException;
  }

  /** Reads the items and tells what would be done; writes nothing. */
  public BacktrackResult plan(ActionListener listener) throws InterruptedException {
    return run("comparing", listener, swaps -> swaps.stream().map(ItemAction::of).toList());
  }

  /**
   * Does it.
   *
   * @param undo takes every item before it is written
   */
  public BacktrackResult run(UndoWriter undo, ActionListener listener) throws InterruptedException {
    WriteCounters counters = new WriteCounters();
    SwapWriter writer = new SwapWriter(table.writer(counters, context));
    BacktrackResult result = run("rolling back", listener, swaps -> write(swaps, undo, writer));
    return new BacktrackResult(
        result.keys(),
        result.unchanged(),
        result.put(),
        result.replaced(),
        result.deleted(),
        result.filtered(),
        result.changed(),
        result.refused(),
        result.expired(),
        counters.units(),
        result.throttles() + counters.throttles(),
        result.duration());
  }

  private BacktrackResult run(String phase, ActionListener listener, Executor executor)
      throws InterruptedException {
    context.progress().begin(phase, wanted.size(), 0);
    LiveItems live = table.items(context);
    BacktrackTally tally = new BacktrackTally(listener, context);
    Callable<Boolean> worker =
        () -> {
          for (List<Wanted> some = wanted.next(); !some.isEmpty(); some = wanted.next()) {
            if (context.stop().isRequested()) {
              throw context.stop().interrupted("the backtrack");
            }
            work(some, live, tally, executor);
          }
          return true;
        };
    int workers = workers();
    new Parallel("backtrack", workers).run(Collections.nCopies(workers, worker));
    return tally.result();
  }

  /** As many as there is memory for. */
  private int workers() {
    long most = Math.max(1, Runtime.getRuntime().maxMemory() / WORKER_MEMORY);
    return (int) Math.min(table.workers(), most);
  }

  private void work(List<Wanted> some, LiveItems live, BacktrackTally tally, Executor executor)
      throws InterruptedException {
    Map<ItemKey, Item> items = live.read(some.stream().map(Wanted::key).toList());
    List<Wanted> differing = new ArrayList<>();
    List<ItemSwap> swaps = new ArrayList<>();
    for (Wanted one : some) {
      Optional<Item> now = Optional.ofNullable(items.get(one.key()));
      if (!isSelected(one, now)) {
        tally.filtered();
      } else if (ItemSwap.sameImage(now, one.target())) {
        tally.unchanged();
      } else if (one.keep().isPresent()) {
        tally.add(ItemAction.changed(one.key(), one.keep().get()), false);
      } else if (!ItemSwap.sameImage(now, one.known())) {
        tally.add(ItemAction.changed(one.key(), "it is not what it was last known to be"), false);
      } else {
        differing.add(one);
        swaps.add(new ItemSwap(one.key(), now, one.target()));
      }
    }
    List<ItemAction> actions = swaps.isEmpty() ? List.of() : executor.execute(swaps);
    for (int i = 0; i < actions.size(); i++) {
      tally.add(actions.get(i), differing.get(i).expired());
    }
  }

  /** Keys are chosen where they are collected; here it is about what is in the items. */
  private boolean isSelected(Wanted one, Optional<Item> now) {
    boolean matches =
        selection.filter().isEmpty()
            || now.filter(selection.filter().get()::matches).isPresent()
            || one.target().filter(selection.filter().get()::matches).isPresent();
    boolean over =
        selection.expiry().isPresent()
            && one.target().filter(selection.expiry().get()::expired).isPresent();
    return matches && !over;
  }

  private static List<ItemAction> write(List<ItemSwap> swaps, UndoWriter undo, SwapWriter writer)
      throws InterruptedException {
    undo.record(swaps);
    List<ItemAction> actions = new ArrayList<>();
    List<ItemKey> notDone = new ArrayList<>();
    for (ItemSwap swap : swaps) {
      SwapOutcome outcome = writer.swap(swap);
      ItemAction action =
          switch (outcome.kind()) {
            case DONE -> ItemAction.of(swap);
            case CHANGED -> ItemAction.changed(swap.key(), outcome.reason());
            case REFUSED -> ItemAction.refused(swap.key(), outcome.reason());
          };
      if (outcome.kind() != SwapOutcome.Kind.DONE) {
        notDone.add(swap.key());
      }
      actions.add(action);
    }
    undo.notDone(notDone);
    return actions;
  }
}
