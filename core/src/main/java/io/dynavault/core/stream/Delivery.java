// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import io.dynavault.format.item.StreamPage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Hands records on, one shard's page at a time, and keeps the shards' positions in step with what
 * was taken. A sink that has failed is not called again in the same round.
 */
final class Delivery {
  private final StreamServer server;
  private final ChangeTime time;
  private final RecordSink sink;
  private final Object lock;
  private boolean failed;

  /**
   * @param lock guards positions and the sink
   */
  Delivery(StreamServer server, RecordSink sink, Object lock) {
    this.server = server;
    this.time = new ChangeTime(server == StreamServer.AWS);
    this.sink = sink;
    this.lock = lock;
  }

  /**
   * Hands on the records of a page that lie behind the shard's position.
   *
   * @param end when the shard's end was read, if this page shows it
   * @return records handed on
   */
  long deliver(ShardState shard, StreamPage page, Instant serverTime, @Nullable Instant end)
      throws InterruptedException {
    synchronized (lock) {
      if (failed) {
        return 0;
      }
      failed = true;
      long changes = 0;
      try {
        for (int i = 0; i < page.count(); i++) {
          changes += deliver(shard, page, i, serverTime);
        }
      } finally {
        shard.leavePage();
      }
      failed = false;
      String next = page.nextShardIterator();
      if (next == null) {
        shard.read(serverTime);
      } else {
        shard.iterator = next;
      }
      if (end != null) {
        shard.completeTo(server.arrivedBy(end));
      }
      return changes;
    }
  }

  private int deliver(ShardState shard, StreamPage page, int index, Instant serverTime)
      throws InterruptedException {
    long label = page.creationMicros(index);
    if (!shard.isNew(page, index)) {
      shard.seenAgain(label);
      return 0;
    }
    long micros = time.micros(label, serverTime, shard.lastMicros());
    sink.record(page, index, micros, shard.id());
    shard.accepted(page, index, micros);
    return 1;
  }
}
