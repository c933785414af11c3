// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import io.dynavault.core.content.ContentPart;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemDecision;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.write.BatchFiller;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.ItemSize;
import io.dynavault.format.item.KeyReader;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads items, selects and changes their items and puts them into batches. Items that are neither
 * asked about nor changed are copied as bytes. Safe for several threads, one per part.
 */
final class ItemFeed {
  private final KeyReader keys;
  private final ItemSelection selection;
  private final Optional<UnaryOperator<Item>> transform;
  private final Wanted wanted;
  private final RunContext context;
  private final LongAdder read = new LongAdder();
  private final LongAdder filtered = new LongAdder();
  private final LongAdder unchanged = new LongAdder();

  /** Which of the selected items still have to be written. */
  @FunctionalInterface
  interface Wanted {
    /** All of them. */
    Wanted ALL = (bytes, offset, length) -> true;

    boolean test(byte[] bytes, int offset, int length);
  }

  ItemFeed(KeyReader keys, RestoreOptions options, Wanted wanted, RunContext context) {
    this.keys = keys;
    this.selection = options.selection();
    this.transform = options.transform();
    this.wanted = wanted;
    this.context = context;
  }

  long read() {
    return read.sum();
  }

  long filtered() {
    return filtered.sum();
  }

  long unchanged() {
    return unchanged.sum();
  }

  /** Feeds all items of a part and says how many there were. */
  long feed(ContentPart part, BatchFiller filler) throws InterruptedException {
    LongAdder items = new LongAdder();
    part.read(
        (json, offset, length, size) -> {
          items.increment();
          if (context.stop().isRequested()) {
            throw context.stop().interrupted("the restore");
          }
          read.increment();
          feed(new Candidate(json, offset, length, keys), size, filler);
        });
    return items.sum();
  }

  private void feed(Candidate item, int itemSize, BatchFiller filler) throws InterruptedException {
    if (!selection.isEverything()
        && selection.decide(item::key, item::item) != ItemDecision.SELECTED) {
      filtered.increment();
      return;
    }
    byte[] bytes = item.bytes;
    int offset = item.offset;
    int length = item.length;
    int size = itemSize;
    if (transform.isPresent()) {
      bytes = DynamoDbJson.encode(transform.get().apply(item.item()));
      offset = 0;
      length = bytes.length;
      size = ItemSize.of(bytes, offset, length);
    }
    context.progress().add(1, size);
    if (!wanted.test(bytes, offset, length)) {
      unchanged.increment();
      return;
    }
    filler.put(bytes, offset, length, size);
  }

  /** An item that is decoded at most once, and only if somebody asks. */
  private static final class Candidate {
    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final KeyReader keys;
    private @Nullable Item decoded;

    Candidate(byte[] bytes, int offset, int length, KeyReader keys) {
      this.bytes = bytes;
      this.offset = offset;
      this.length = length;
      this.keys = keys;
    }

    ItemKey key() {
      try {
        return keys.read(bytes, offset, length);
      } catch (FormatException e) {
        throw invalid(e);
      }
    }

    Item item() {
      Item item = decoded;
      if (item == null) {
        try {
          item = DynamoDbJson.decode(bytes, offset, length);
        } catch (FormatException e) {
          throw invalid(e);
        }
        decoded = item;
      }
      return item;
    }

    private static DynavaultException invalid(FormatException cause) {
      return new DynavaultException(
          ErrorCode.ITEM_INVALID,
          "unable to read an item of the recovery point: " + cause.getMessage(),
          cause);
    }
  }
}
