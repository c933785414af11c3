// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.stream;

import io.dynavault.benchmark.data.ItemGenerator;
import io.dynavault.benchmark.data.Shape;
import io.dynavault.core.stream.Shard;
import io.dynavault.core.stream.ShardStart;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.stream.StreamDescription;
import io.dynavault.core.transport.ResponseBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stream of four shards whose changes are there as soon as they are asked for. Its server's time
 * stands still while there is something to read, and goes on by a second with every answer without
 * records, so that nobody waits for it. Safe for several threads, each with a shard of its own.
 */
public final class GeneratedStream implements StreamClient {
  private static final String ARN =
      "arn:aws:dynamodb:us-east-1:123456789012:table/generated/stream/2026-01-01T00:00:00.000";
  private static final int SHARDS = 4;
  private static final long MINUTE = 60;

  private final List<GeneratedShard> shards = new ArrayList<>();
  private final AtomicLong clock;
  private volatile long writtenAt;

  /**
   * @param items the first ones of the shape are changed
   * @param begin the server's time
   */
  public GeneratedStream(Shape shape, int items, Instant begin) {
    if (items < SHARDS) {
      throw new IllegalArgumentException("each of %d shards needs an item".formatted(SHARDS));
    }
    this.clock = new AtomicLong(begin.getEpochSecond());
    for (int i = 0; i < SHARDS; i++) {
      shards.add(new GeneratedShard("shardId-%020d".formatted(i)));
    }
    ItemGenerator generator = new ItemGenerator(shape);
    for (int i = 0; i < items; i++) {
      shards.get(i % SHARDS).addItem(generator, i);
    }
  }

  /** What the stream is called. */
  public String arn() {
    return ARN;
  }

  /** Adds changes, all of them made now; nobody reads meanwhile, and those before were read. */
  public void write(long changes) {
    if (clock.get() % MINUTE == 0) {
      clock.incrementAndGet(); // a whole minute is taken for a time without seconds
    }
    writtenAt = clock.get();
    for (int i = 0; i < SHARDS; i++) {
      shards.get(i).write(changes / SHARDS + (i < changes % SHARDS ? 1 : 0));
    }
  }

  @Override
  public StreamDescription describe(String streamArn) {
    List<Shard> listed =
        shards.stream()
            .map(
                shard ->
                    new Shard(
                        shard.id(),
                        Optional.empty(),
                        GeneratedShard.sequenceNumber(0),
                        Optional.empty()))
            .toList();
    return new StreamDescription(
        ARN, "generated", "ENABLED", "NEW_AND_OLD_IMAGES", listed, serverTime());
  }

  @Override
  public String iterator(String streamArn, String shardId, ShardStart start) {
    long from =
        switch (start.kind()) {
          case TRIM_HORIZON -> 0;
          case LATEST -> shard(shardId).written();
          case AT -> GeneratedShard.change(start.sequenceNumber().orElseThrow());
        };
    return shardId + ":" + from;
  }

  @Override
  public Instant records(String iterator, ResponseBuffer buffer) {
    int colon = iterator.indexOf(':');
    GeneratedShard shard = shard(iterator.substring(0, colon));
    long from = Long.parseLong(iterator.substring(colon + 1));
    if (from == shard.written()) {
      clock.incrementAndGet();
    }
    byte[] page = shard.page(from, writtenAt);
    try {
      buffer.fill(new ByteArrayInputStream(page), page.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return serverTime();
  }

  private GeneratedShard shard(String id) {
    return shards.stream().filter(shard -> shard.id().equals(id)).findFirst().orElseThrow();
  }

  private Instant serverTime() {
    return Instant.ofEpochSecond(clock.get());
  }

  @Override
  public boolean isAws() {
    return false;
  }

  @Override
  public void close() {}
}
