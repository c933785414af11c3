// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.core.write.WriteAnswer.Slice;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.ItemKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches by BatchWriteItem, replacing items that are there. Requests that the server leaves
 * unprocessed are found again by their keys and sent again; a batch that it refuses as a whole, as
 * it does when one item is invalid, is sent item by item.
 */
public final class BatchWriter implements BatchSink {
  private static final String OPERATION = "BatchWriteItem";

  private final TableWriter table;
  private final ThreadLocal<Buffers> buffers = ThreadLocal.withInitial(Buffers::new);

  public BatchWriter(TableWriter table) {
    this.table = table;
  }

  @Override
  public void write(WriteBatch batch) throws InterruptedException {
    send(batch, IntStream.range(0, batch.count()).boxed().toList());
  }

  private void send(WriteBatch batch, List<Integer> all) throws InterruptedException {
    List<Integer> left = all;
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      double estimate = left.stream().mapToInt(batch::units).sum();
      table.rate().acquire(estimate);
      try {
        List<Integer> unprocessed = sendOnce(batch, left, estimate);
        count(batch, left, unprocessed);
        if (!unprocessed.isEmpty()) {
          backOff(attempt, left, unprocessed, estimate);
        }
        left = unprocessed;
      } catch (ThrottledException e) {
        table.counters().addThrottle();
        table.rate().throttled(attempt, estimate);
      } catch (RefusedException e) {
        table.rate().consumed(estimate, 0);
        refused(batch, left, e);
        return;
      }
    }
  }

  /** Sends the requests and returns those that the server did not process. */
  private List<Integer> sendOnce(WriteBatch batch, List<Integer> indexes, double estimate) {
    Buffers mine = buffers.get();
    compose(mine.request, batch, indexes);
    table.transport().call(OPERATION, mine.request.array(), mine.request.size(), mine.response);
    WriteAnswer answer = WriteAnswer.ofBatch(mine.response);
    List<Integer> unprocessed =
        answer.unprocessed().isEmpty()
            ? List.of()
            : find(batch, indexes, answer.unprocessed(), mine.response.array());
    double units = answer.capacityUnits().orElse(estimate);
    if (unprocessed.size() < indexes.size()) {
      table.rate().consumed(estimate, units);
      table.counters().addUnits(units);
    }
    return unprocessed;
  }

  private void compose(RequestBody request, WriteBatch batch, List<Integer> indexes) {
    request.reset();
    request.text("{\"ReturnConsumedCapacity\":\"TOTAL\",\"RequestItems\":{");
    request.text(RequestBody.quote(table.table())).text(":[");
    boolean first = true;
    for (int index : indexes) {
      if (!first) {
        request.write(',');
      }
      first = false;
      request.write(batch.array(), batch.entryOffset(index), batch.entryLength(index));
    }
    request.text("]}}");
  }

  /** Which requests of the batch the answer names: by key, since their bytes may differ. */
  private List<Integer> find(
      WriteBatch batch, List<Integer> sent, List<Slice> unprocessed, byte[] answer) {
    Map<ItemKey, Integer> byKey = new HashMap<>();
    for (int index : sent) {
      byKey.put(
          table
              .keys()
              .read(batch.array(), batch.documentOffset(index), batch.documentLength(index)),
          index);
    }
    List<Integer> found = new ArrayList<>();
    for (Slice slice : unprocessed) {
      Integer index = byKey.get(key(answer, slice));
      if (index == null) {
        throw unknownItem(null);
      }
      found.add(index);
    }
    return found;
  }

  private ItemKey key(byte[] answer, Slice slice) {
    try {
      return table.keys().read(answer, slice.offset(), slice.length());
    } catch (FormatException e) {
      throw unknownItem(e); // else it would be taken for a defect of what is read meanwhile
    }
  }

  private DynavaultException unknownItem(@Nullable FormatException cause) {
    return new DynavaultException(
        ErrorCode.SERVICE_UNAVAILABLE,
        "unable to write to table '"
            + table.table()
            + "': the server left an item unprocessed that was not in the request",
        ErrorCode.SERVICE_UNAVAILABLE.hint(),
        cause);
  }

  private void count(WriteBatch batch, List<Integer> sent, List<Integer> unprocessed) {
    int deletes = 0;
    for (int index : sent) {
      if (batch.isDelete(index) && !unprocessed.contains(index)) {
        deletes++;
      }
    }
    table.counters().addDeleted(deletes);
    table.counters().addWritten(sent.size() - unprocessed.size() - deletes);
  }

  /** Unprocessed items are throttling by another name; without any progress it must end. */
  private void backOff(int attempt, List<Integer> sent, List<Integer> unprocessed, double estimate)
      throws InterruptedException {
    table.counters().addRetried(unprocessed.size());
    table.counters().addThrottle();
    boolean nothingDone = unprocessed.size() == sent.size();
    table.rate().throttled(attempt, nothingDone ? estimate : 0);
  }

  private void refused(WriteBatch batch, List<Integer> left, RefusedException cause)
      throws InterruptedException {
    if (!isAboutItems(cause)) {
      throw cause;
    }
    if (left.size() == 1) {
      table.fail(batch, left.get(0), cause.getMessage());
      return;
    }
    for (int index : left) {
      send(batch, List.of(index));
    }
  }

  static boolean isAboutItems(RefusedException cause) {
    return cause.awsError().equals("ValidationException")
        || cause.awsError().equals("ItemCollectionSizeLimitExceededException")
        || cause.awsError().equals("SerializationException");
  }

  private static final class Buffers {
    private final RequestBody request = new RequestBody();
    private final ResponseBuffer response = new ResponseBuffer(4096);
  }
}
