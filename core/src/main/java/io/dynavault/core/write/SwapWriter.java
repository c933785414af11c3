// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.ItemSize;
import io.dynavault.format.item.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Changes items one by one from what they were seen to be to something else, unless somebody else
 * has changed them since. Safe for several threads.
 *
 * <p>A condition cannot name attributes that nobody knew of. Therefore every answer is asked for
 * the item as it was: where that is not what was seen, the change is taken back at once.
 */
public final class SwapWriter {
  private final TableWriter table;
  private final ThreadLocal<ResponseBuffer> responses =
      ThreadLocal.withInitial(ResponseBuffer::new);

  public SwapWriter(TableWriter table) {
    this.table = requireNonNull(table, "table is null");
  }

  /** What a request did, and to what. */
  private record Answer(SwapOutcome outcome, Optional<Item> old) {}

  /**
   * Changes an item.
   *
   * @throws DynavaultException when no request can get through: throttled for too long, access
   *     denied, table gone
   */
  public SwapOutcome swap(ItemSwap swap) throws InterruptedException {
    Answer answer = send(swap);
    if (answer.outcome().kind() != SwapOutcome.Kind.DONE) {
      return answer.outcome();
    }
    if (answer.old().isPresent() && !ItemSwap.sameImage(answer.old(), swap.before())) {
      takeBack(swap, answer.old().get());
      return SwapOutcome.changed();
    }
    count(swap);
    return SwapOutcome.done();
  }

  private void count(ItemSwap swap) {
    if (swap.kind() == ItemSwap.Kind.DELETE) {
      table.counters().addDeleted(1);
    } else {
      table.counters().addWritten(1);
    }
  }

  /** If this fails because of another change, that is the one that stays. */
  private void takeBack(ItemSwap swap, Item old) throws InterruptedException {
    Optional<Item> now =
        SwapRequest.isUpdate(swap) ? Optional.of(updated(old, swap)) : swap.after();
    ItemSwap back = new ItemSwap(swap.key(), now, Optional.of(old));
    if (!ItemSwap.sameImage(back.before(), back.after())) {
      send(back);
    }
  }

  private static Item updated(Item old, ItemSwap swap) {
    Map<String, Value> attributes = new LinkedHashMap<>(old.attributes());
    swap.changes()
        .forEach(
            (name, change) ->
                change
                    .after()
                    .ifPresentOrElse(
                        value -> attributes.put(name, value), () -> attributes.remove(name)));
    return new Item(attributes);
  }

  private Answer send(ItemSwap swap) throws InterruptedException {
    SwapRequest.Composed request = SwapRequest.of(table.table(), table.keys(), swap);
    double estimate = Math.max(units(swap.before()), units(swap.after()));
    for (int attempt = 1; ; attempt++) {
      table.rate().acquire(estimate);
      try {
        return new Answer(SwapOutcome.done(), call(request, estimate));
      } catch (ThrottledException e) {
        table.counters().addThrottle();
        table.rate().throttled(attempt, estimate);
      } catch (RefusedException e) {
        if (e.awsError().equals("TransactionConflictException")) {
          table.rate().throttled(attempt, estimate); // somebody's transaction has the item now
          continue;
        }
        // A condition that fails is charged like the write it stopped.
        table.rate().consumed(estimate, estimate);
        return new Answer(refused(swap, e), Optional.empty());
      }
    }
  }

  private Optional<Item> call(SwapRequest.Composed request, double estimate) {
    ResponseBuffer response = responses.get();
    table.transport().call(request.operation(), request.body(), request.body().length, response);
    WriteAnswer answer = WriteAnswer.ofPut(response);
    double units = answer.capacityUnits().orElse(estimate);
    table.rate().consumed(estimate, units);
    table.counters().addUnits(units);
    return answer.oldItem().map(slice -> decode(response, slice));
  }

  private Item decode(ResponseBuffer response, WriteAnswer.Slice slice) {
    try {
      return DynamoDbJson.decode(response.array(), slice.offset(), slice.length());
    } catch (FormatException e) {
      throw unreadable(e);
    }
  }

  private Optional<Item> read(ItemKey key) throws InterruptedException {
    try {
      return new StoredItem(table).read(key);
    } catch (FormatException e) {
      throw unreadable(e);
    }
  }

  private DynavaultException unreadable(FormatException cause) {
    return new DynavaultException(
        ErrorCode.SERVICE_UNAVAILABLE,
        "unable to read the answer of table '" + table.table() + "': " + cause.getMessage(),
        "the item may be written or not: run again",
        cause);
  }

  /** What fails although the item is as it should be may be our own write, sent twice. */
  private SwapOutcome refused(ItemSwap swap, RefusedException cause) throws InterruptedException {
    if (cause.awsError().equals("ConditionalCheckFailedException")) {
      boolean done = ItemSwap.sameImage(read(swap.key()), swap.after());
      return done ? SwapOutcome.done() : SwapOutcome.changed();
    }
    if (BatchWriter.isAboutItems(cause)) {
      return SwapOutcome.refused(cause.getMessage());
    }
    throw cause;
  }

  private static double units(Optional<Item> item) {
    if (item.isEmpty()) {
      return 1;
    }
    byte[] json = DynamoDbJson.encode(item.get());
    return Math.max(1, (ItemSize.of(json, 0, json.length) + 1023) / 1024);
  }
}
