// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.RateController;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.write.BatchFiller;
import io.dynavault.core.write.BatchSink;
import io.dynavault.core.write.BatchWriter;
import io.dynavault.core.write.ConditionalWriter;
import io.dynavault.core.write.FailureListener;
import io.dynavault.core.write.TableWriter;
import io.dynavault.core.write.WriteCounters;
import io.dynavault.core.write.WritePipeline;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemSize;
import io.dynavault.format.item.KeyReader;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes the items of files that were checked. A run that dies leaves a table that has some of
 * them; running it again completes it.
 */
public final class LoadRun {
  /** How long every single request may be throttled before the import gives up. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final LoadRequest request;
  private final DynamoDbTransport transport;
  private final FailureListener failures;
  private final RunContext context;
  private final WriteCounters counters = new WriteCounters();
  private final LongAdder read = new LongAdder();

  /**
   * @param failures is told of every item that could not be written
   */
  public LoadRun(
      LoadRequest request,
      DynamoDbTransport transport,
      FailureListener failures,
      RunContext context) {
    this.request = requireNonNull(request, "request is null");
    this.transport = requireNonNull(transport, "transport is null");
    this.failures = requireNonNull(failures, "failures is null");
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * Writes all items.
   *
   * @param plan of the same request
   * @throws DynavaultException {@code INCOMPLETE} if the files have changed since, or when no
   *     request gets through; the table then has some of the items
   */
  public LoadResult run(LoadPlan plan) throws InterruptedException {
    long started = context.ticker().nanos();
    context.progress().expect(plan.items(), plan.itemBytes());
    context.progress().phase("writing");
    int writers = request.options().workers();
    int readers = Math.min(request.sources().size(), (writers + 3) / 4);
    new WritePipeline<LoadSource>(sink(plan), readers, writers).run(request.sources(), this::feed);
    LoadResult result =
        new LoadResult(
            plan.tableName(),
            read.sum(),
            counters.written(),
            counters.skipped(),
            counters.failed(),
            counters.units(),
            counters.throttles(),
            Duration.ofNanos(context.ticker().nanos() - started));
    requireAllAccountedFor(plan, result);
    return result;
  }

  private BatchSink sink(LoadPlan plan) {
    RateController rate =
        new RateController(
            plan.unitsPerSecond(),
            PATIENCE,
            context.ticker(),
            context.timing().sleeper(),
            context.timing().random(),
            context.stop());
    TableWriter table =
        new TableWriter(
            transport,
            plan.tableName(),
            new KeyReader(request.table().keySchema()),
            rate,
            counters,
            failures);
    return switch (request.options().onConflict()) {
      case OVERWRITE -> new BatchWriter(table);
      case SKIP -> new ConditionalWriter(table, ConditionalWriter.OnExisting.SKIP);
      case FAIL -> new ConditionalWriter(table, ConditionalWriter.OnExisting.FAIL);
    };
  }

  private void feed(LoadSource file, BatchFiller filler) throws InterruptedException {
    try {
      new ItemSource(request, context).read(file, (item, place) -> put(item, filler));
    } catch (FormatException e) {
      throw changed(file.name() + ": " + e.getMessage());
    }
  }

  private void put(Item item, BatchFiller filler) throws InterruptedException {
    byte[] json = DynamoDbJson.encode(item);
    int size = ItemSize.of(json, 0, json.length);
    read.increment();
    context.progress().add(1, size);
    filler.put(json, 0, json.length, size);
  }

  private void requireAllAccountedFor(LoadPlan plan, LoadResult result) {
    if (result.read() != plan.items()) {
      throw changed(
          "%d items were checked, %d were read to be written"
              .formatted(plan.items(), result.read()));
    }
    long settled = result.written() + result.skipped() + result.failed();
    if (settled != result.read()) {
      throw new DynavaultException(
          ErrorCode.BUG,
          "%d items were read and %d are accounted for".formatted(result.read(), settled));
    }
  }

  private DynavaultException changed(String what) {
    return new DynavaultException(
        ErrorCode.INCOMPLETE,
        "unable to import all items into table '%s': the files have changed meanwhile: %s"
            .formatted(request.table().tableName(), what),
        "run the import again; items that were written already are written again");
  }
}
