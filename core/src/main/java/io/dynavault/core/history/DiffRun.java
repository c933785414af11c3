// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.compare.CompareRun;
import io.dynavault.core.compare.CompareScope;
import io.dynavault.core.compare.ExpectedItems;
import io.dynavault.core.compare.Fingerprint;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.temporary.ExternalSort;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemComparison;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyReader;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds what differs between two states of a table, with both images. Each state is read once for
 * fingerprints, which tell which keys differ, and, if some do, once more for their items. Memory
 * stays small whatever the states' sizes and however much differs.
 *
 * <p>A live table goes on living meanwhile: what is written during the run shows as a difference or
 * not, but what is shown has been there.
 */
public final class DiffRun {
  /** Keys that may differ are remembered by as many bits of their hash: 16 MB at most. */
  private static final int BITS = 27;

  private final ExpectedItems before;
  private final ExpectedItems after;
  private final KeyReader keys;
  private final ItemSelection selection;
  private final int workers;
  private final RunContext context;
  private final BitSet candidates = new BitSet();

  /**
   * @param keys of the table, the same on both sides
   * @param selection its keys choose what is compared; its filter what is told: items that match
   *     before or after
   * @param workers files read at the same time
   */
  public DiffRun(
      ExpectedItems before,
      ExpectedItems after,
      KeyReader keys,
      ItemSelection selection,
      int workers,
      RunContext context) {
    this.before = requireNonNull(before, "before is null");
    this.after = requireNonNull(after, "after is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.selection = requireNonNull(selection, "selection is null");
    this.workers = workers;
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * Counts what differs; both states are read once where no filter is given.
   *
   * @throws DynavaultException {@code DAMAGED} where a state is not whole
   */
  public DiffResult count() throws InterruptedException {
    return selection.needsItem() ? run(difference -> {}) : result(findCandidates());
  }

  /**
   * Tells every difference, and counts them.
   *
   * @throws DynavaultException {@code DAMAGED} where a state is not whole
   */
  public DiffResult run(DiffListener listener) throws InterruptedException {
    DiffResult found = result(findCandidates());
    if (found.identical()) {
      return found;
    }
    try (ExternalSort images = new ExternalSort("compare", ExternalSort.MEMORY)) {
      collect(before, 0, images);
      collect(after, 1, images);
      Pairs pairs = new Pairs(listener);
      images.read(pairs::add);
      pairs.flush();
      return new DiffResult(found.same(), pairs.added, pairs.removed, pairs.changed);
    }
  }

  private static DiffResult result(CompareResult compared) {
    return new DiffResult(
        compared.same(), compared.extra(), compared.missing(), compared.different());
  }

  private CompareResult findCandidates() throws InterruptedException {
    ItemSelection byKey = new ItemSelection(selection.keys(), Optional.empty(), Optional.empty());
    CompareScope scope = new CompareScope(byKey, byKey, UnaryOperator.identity(), 1);
    return new CompareRun(before, after, keys, scope, workers, context)
        .run((difference, fingerprint, key) -> candidates.set(bit(fingerprint.key())));
  }

  private static int bit(Fingerprint.Hash hash) {
    return (int) (hash.high() >>> (Long.SIZE - BITS));
  }

  /** Few of the items that do not differ share a bit with one that does; they drop out later. */
  private void collect(ExpectedItems state, int side, ExternalSort images)
      throws InterruptedException {
    state.read(
        workers,
        context,
        (json, offset, length) -> {
          ItemKey key = key(json, offset, length);
          if (candidates.get(bit(Fingerprint.hash(keys, key))) && isChosen(key)) {
            byte[] sortKey = KeyOrder.bytes(key);
            byte[] sideKey = Arrays.copyOf(sortKey, sortKey.length + 1);
            sideKey[sortKey.length] = (byte) side;
            images.add(sideKey, Arrays.copyOfRange(json, offset, offset + length));
          }
        });
  }

  private boolean isChosen(ItemKey key) {
    return selection.keys().map(filter -> filter.matches(key)).orElse(true);
  }

  private ItemKey key(byte[] json, int offset, int length) {
    try {
      return keys.read(json, offset, length);
    } catch (FormatException e) {
      throw damaged(e);
    }
  }

  private static DynavaultException damaged(FormatException e) {
    return new DynavaultException(
        ErrorCode.DAMAGED, "unable to compare an item: " + e.getMessage(), e);
  }

  /** Joins the images of both sides, which come sorted by key and then by side. */
  private final class Pairs {
    private final DiffListener listener;
    private byte[] key = {};
    private @Nullable Item old;
    private @Nullable Item now;
    private long added;
    private long removed;
    private long changed;

    Pairs(DiffListener listener) {
      this.listener = listener;
    }

    boolean add(byte[] sideKey, byte[] json) throws InterruptedException {
      if (context.stop().isRequested()) {
        throw context.stop().interrupted("the comparison");
      }
      byte[] next = Arrays.copyOf(sideKey, sideKey.length - 1);
      if (!Arrays.equals(next, key)) {
        flush();
        key = next;
      }
      Item item = decode(json);
      if (sideKey[sideKey.length - 1] == 0) {
        old = item;
      } else {
        now = item;
      }
      return true;
    }

    void flush() throws InterruptedException {
      Optional<Item> first = Optional.ofNullable(old);
      Optional<Item> second = Optional.ofNullable(now);
      old = null;
      now = null;
      if (first.isEmpty() && second.isEmpty()) {
        return;
      }
      boolean same =
          first.isPresent() && second.isPresent() && ItemComparison.same(first.get(), second.get());
      if (!same && (isTold(first) || isTold(second))) {
        Item any = first.or(() -> second).orElseThrow();
        tell(new ItemDifference(keys.attributes(keys.read(any)), first, second));
      }
    }

    private void tell(ItemDifference difference) throws InterruptedException {
      switch (difference.kind()) {
        case ADDED -> added++;
        case REMOVED -> removed++;
        case CHANGED -> changed++;
      }
      listener.difference(difference);
    }

    private boolean isTold(Optional<Item> item) {
      return item.isPresent()
          && selection.filter().map(filter -> filter.matches(item.get())).orElse(true);
    }

    private Item decode(byte[] json) {
      try {
        return DynamoDbJson.decode(json);
      } catch (FormatException e) {
        throw damaged(e);
      }
    }
  }
}
