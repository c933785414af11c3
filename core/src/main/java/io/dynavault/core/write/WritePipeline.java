// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import io.dynavault.core.job.Parallel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Workers produce items and send them. Each reads a source of its own; a batch that is full goes to
 * a worker that has nothing to do, else the one that made it sends it: several sources need no
 * exchange between threads, one large source keeps all workers busy, and a slow table slows the
 * reading down. The first failure ends all.
 *
 * @param <T> what is produced from, such as a data file
 */
public final class WritePipeline<T> {
  private final BatchSink sink;
  private final int workers;
  private final int producers;
  private final Queue<WriteBatch> free = new ConcurrentLinkedQueue<>();
  private final SynchronousQueue<Parcel> handOver = new SynchronousQueue<>();

  /** A batch and whom to tell when it is settled; without a batch, the end of all work. */
  private record Parcel(@Nullable WriteBatch batch, Settling settling) {}

  /** Produces all items of one source into batches. */
  @FunctionalInterface
  public interface Producer<T> {
    void produce(T source, BatchFiller filler) throws InterruptedException;
  }

  /**
   * @param producers sources read at the same time; at most {@code workers}
   * @param workers requests in flight at the same time
   */
  public WritePipeline(BatchSink sink, int producers, int workers) {
    this.sink = sink;
    this.producers = Math.max(1, Math.min(producers, workers));
    this.workers = workers;
  }

  /** Produces from all sources and returns when everything was sent. */
  public void run(Collection<T> sources, Producer<T> producer) throws InterruptedException {
    Queue<T> pending = new ConcurrentLinkedQueue<>(sources);
    AtomicInteger producing = new AtomicInteger(producers);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      boolean produces = i < producers;
      tasks.add(() -> work(pending, produces, producer, producing));
    }
    new Parallel("restore", workers).run(tasks);
  }

  private boolean work(
      Queue<T> pending, boolean produces, Producer<T> producer, AtomicInteger producing)
      throws InterruptedException {
    if (produces) {
      produceAll(pending, producer);
      if (producing.decrementAndGet() == 0) {
        for (int i = 1; i < workers; i++) {
          handOver.put(new Parcel(null, new Settling()));
        }
        return true;
      }
    }
    writeAll();
    return true;
  }

  private void produceAll(Queue<T> pending, Producer<T> producer) throws InterruptedException {
    for (T source = pending.poll(); source != null; source = pending.poll()) {
      Filler filler = new Filler();
      producer.produce(source, filler);
      filler.settle(() -> {});
    }
  }

  private void writeAll() throws InterruptedException {
    for (Parcel parcel = handOver.take(); parcel.batch() != null; parcel = handOver.take()) {
      write(parcel.batch(), parcel.settling());
    }
  }

  private void write(WriteBatch batch, Settling settling) throws InterruptedException {
    sink.write(batch);
    batch.clear();
    free.add(batch);
    settling.settled();
  }

  /** Counts the batches between two settlements. */
  private static final class Settling {
    private int outstanding;
    private @Nullable Runnable whenSettled;

    synchronized void sent() {
      outstanding++;
    }

    void settled() {
      Runnable callback;
      synchronized (this) {
        outstanding--;
        callback = outstanding == 0 ? whenSettled : null;
      }
      if (callback != null) {
        callback.run();
      }
    }

    void end(Runnable callback) {
      boolean now;
      synchronized (this) {
        whenSettled = callback;
        now = outstanding == 0;
      }
      if (now) {
        callback.run();
      }
    }
  }

  private final class Filler implements BatchFiller {
    private @Nullable WriteBatch batch;
    private Settling settling = new Settling();

    @Override
    public void put(byte[] item, int offset, int length, int itemSize) throws InterruptedException {
      room().put(item, offset, length, itemSize);
    }

    @Override
    public void delete(byte[] key, int offset, int length) throws InterruptedException {
      room().delete(key, offset, length);
    }

    @Override
    public void settle(Runnable settled) throws InterruptedException {
      send();
      settling.end(settled);
      settling = new Settling();
    }

    private WriteBatch room() throws InterruptedException {
      if (batch != null && batch.isFull()) {
        send();
      }
      WriteBatch mine = batch;
      if (mine == null) {
        mine = free.poll();
        batch = mine == null ? new WriteBatch() : mine;
        return batch;
      }
      return mine;
    }

    private void send() throws InterruptedException {
      WriteBatch ready = batch;
      batch = null;
      if (ready == null || ready.isEmpty()) {
        return;
      }
      settling.sent();
      if (!handOver.offer(new Parcel(ready, settling))) {
        write(ready, settling);
      }
    }
  }
}
