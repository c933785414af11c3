// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import io.dynavault.core.job.Parallel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Some threads produce items, others send them, with a bounded number of batches between: reading
 * one large file still keeps all writers busy, and a slow table slows the reading down. The first
 * failure ends both sides.
 *
 * @param <T> what is produced from, such as a data file
 */
public final class WritePipeline<T> {
  private final BatchSink sink;
  private final int writers;
  private final int producers;
  private final BlockingQueue<WriteBatch> free;
  private final BlockingQueue<Parcel> full;

  /** A batch and whom to tell when it is settled; without a batch, the end of all work. */
  private record Parcel(@Nullable WriteBatch batch, Settling settling) {}

  /** Produces all items of one source into batches. */
  @FunctionalInterface
  public interface Producer<T> {
    void produce(T source, BatchFiller filler) throws InterruptedException;
  }

  /**
   * @param writers requests in flight at the same time
   */
  public WritePipeline(BatchSink sink, int producers, int writers) {
    this.sink = sink;
    this.producers = producers;
    this.writers = writers;
    int batches = producers + 2 * writers;
    this.free = new ArrayBlockingQueue<>(batches);
    this.full = new ArrayBlockingQueue<>(batches + writers);
    for (int i = 0; i < batches; i++) {
      free.add(new WriteBatch());
    }
  }

  /** Produces from all sources and returns when everything was sent. */
  public void run(Collection<T> sources, Producer<T> producer) throws InterruptedException {
    Queue<T> pending = new ConcurrentLinkedQueue<>(sources);
    AtomicInteger producing = new AtomicInteger(producers);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      tasks.add(() -> produceAll(pending, producer, producing));
    }
    for (int i = 0; i < writers; i++) {
      tasks.add(this::writeAll);
    }
    new Parallel("restore", tasks.size()).run(tasks);
  }

  private boolean produceAll(Queue<T> pending, Producer<T> producer, AtomicInteger producing)
      throws InterruptedException {
    for (T source = pending.poll(); source != null; source = pending.poll()) {
      Filler filler = new Filler();
      producer.produce(source, filler);
      filler.settle(() -> {});
    }
    if (producing.decrementAndGet() == 0) {
      for (int i = 0; i < writers; i++) {
        full.put(new Parcel(null, new Settling()));
      }
    }
    return true;
  }

  private boolean writeAll() throws InterruptedException {
    while (true) {
      Parcel parcel = full.take();
      WriteBatch batch = parcel.batch();
      if (batch == null) {
        return true;
      }
      sink.write(batch);
      batch.clear();
      free.put(batch);
      parcel.settling().settled();
    }
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
      if (batch == null) {
        batch = free.take();
      }
      return batch;
    }

    private void send() throws InterruptedException {
      WriteBatch ready = batch;
      batch = null;
      if (ready != null && !ready.isEmpty()) {
        settling.sent();
        full.put(new Parcel(ready, settling));
      } else if (ready != null) {
        free.put(ready);
      }
    }
  }
}
