// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.scan;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.RateController;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.transport.DynamoDbTransport;
import java.util.Collections;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads all items of a table by parallel scan, for those who need no files: comparing, clearing.
 *
 * @param rate keeps all reading within the budget
 * @param budget read units per second; empty is without limit
 * @param tableItems as the table reports them; 0 where unknown
 * @param tableBytes as the table reports them; 0 where unknown
 */
public record TableScan(
    DynamoDbTransport transport,
    ScanQuery query,
    RateController rate,
    OptionalDouble budget,
    long tableItems,
    long tableBytes,
    int workers,
    RunContext context) {
  public TableScan {
    requireNonNull(transport, "transport is null");
    requireNonNull(query, "query is null");
    requireNonNull(rate, "rate is null");
    requireNonNull(budget, "budget is null");
    requireNonNull(context, "context is null");
  }

  /** Takes items one by one; called from several threads. */
  @FunctionalInterface
  public interface ScannedItems {
    void item(byte[] json, int offset, int length) throws InterruptedException;
  }

  /**
   * Reads every item.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code INTERRUPTED} if a stop is asked for
   */
  public void scan(ScannedItems items) throws InterruptedException {
    pages(
        query,
        (page, bytes) -> {
          for (int i = 0; i < page.itemCount(); i++) {
            items.item(bytes, page.itemOffset(i), page.itemLength(i));
          }
        });
  }

  /**
   * Counts the items without having them sent; DescribeTable's count is up to six hours old.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code INTERRUPTED} if a stop is asked for
   */
  public long count() throws InterruptedException {
    LongAdder count = new LongAdder();
    pages(
        query.counted(),
        (page, bytes) -> {
          count.add(page.count());
          context.progress().add(page.count(), 0);
        });
    return count.sum();
  }

  private void pages(ScanQuery asked, PageConsumer consumer) throws InterruptedException {
    int segments = SegmentPlanner.totalSegments(tableBytes, workers);
    Queue<Segment> pending = new ConcurrentLinkedQueue<>(SegmentPlanner.segments(segments));
    Callable<Boolean> worker = () -> scan(asked, pending, consumer);
    new Parallel("scan-" + query.tableName(), workers).run(Collections.nCopies(workers, worker));
    if (context.stop().isRequested()) {
      throw context.stop().interrupted("reading table '" + query.tableName() + "'");
    }
  }

  private boolean scan(ScanQuery asked, Queue<Segment> pending, PageConsumer consumer)
      throws InterruptedException {
    long average = tableItems == 0 ? 0 : tableBytes / tableItems;
    SegmentScanner scanner =
        new SegmentScanner(
            transport, asked, rate, budget, average, context.progress(), context.stop());
    for (Segment next = pending.poll(); next != null; next = pending.poll()) {
      if (!scanner.scan(next, null, consumer)) {
        return false;
      }
    }
    return true;
  }
}
