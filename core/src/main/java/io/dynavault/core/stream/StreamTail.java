// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.job.Parallel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of changes: every record once, those of one item in the order of its changes,
 * shards before their children, over splits, pauses and restarts.
 *
 * <p>{@link #positions} and {@link #completeTo} always say what was handed on, also inside a call
 * of the sink, where they lie before its record, and after {@link #poll} has failed: the next one
 * goes on from there. For one thread; it uses more to read.
 */
public final class StreamTail {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final StreamClient client;
  private final String streamArn;
  private final TailSettings settings;
  private final ShardPace pace;
  private final StreamListing listing;
  private final Object lock = new Object();
  private final ShardLineage lineage;
  private final List<ShardReading> readings = new ArrayList<>();

  private StreamTail(
      StreamClient client, String streamArn, TailSettings settings, ShardLineage lineage) {
    this.client = client;
    this.streamArn = streamArn;
    this.settings = settings;
    this.lineage = lineage;
    this.pace = new ShardPace(client.isAws(), settings.ticker(), settings.timing().random());
    this.listing = new StreamListing(client, streamArn, settings);
    for (int i = 0; i < settings.threads(); i++) {
      readings.add(new ShardReading(client, streamArn, pace));
    }
  }

  /**
   * Begins now: what is written after this call is read. {@link #completeTo} is then the server's
   * time at which it began. Until the first record of a shard was read, its position says that all
   * of the shard is to be read, which is more than needed and no less.
   *
   * @throws StreamRefusedException if there is no such stream
   */
  public static StreamTail begin(StreamClient client, String streamArn, TailSettings settings)
      throws InterruptedException {
    Patience patience = new Patience(settings.timing());
    StreamDescription stream = patience.call(() -> client.describe(streamArn));
    Map<String, ShardPosition> positions = new TreeMap<>();
    for (Shard shard : stream.shards()) {
      positions.put(
          shard.id(),
          shard.isClosed()
              ? ShardPosition.closed(shard.parent())
              : ShardPosition.trimHorizon(shard.parent()));
    }
    ShardLineage lineage =
        new ShardLineage(
            streamArn, client.isAws(), positions, positions.keySet(), stream.serverTime());
    StreamTail tail = new StreamTail(client, streamArn, settings, lineage);
    for (ShardState shard : lineage.readable()) {
      ShardStart tip = ShardStart.of(ShardStart.Kind.LATEST);
      shard.iterator = patience.call(() -> client.iterator(streamArn, shard.id(), tip));
    }
    return tail;
  }

  /**
   * Goes on from positions.
   *
   * @param completeTo what the tail that had these positions was complete to
   */
  public static StreamTail resume(
      StreamClient client,
      String streamArn,
      Map<String, ShardPosition> positions,
      Instant completeTo,
      TailSettings settings) {
    requireNonNull(completeTo, "completeTo is null");
    return new StreamTail(
        client,
        streamArn,
        settings,
        new ShardLineage(streamArn, client.isAws(), positions, Set.of(), completeTo));
  }

  /**
   * Reads a page of every shard that can be read, several side by side; waits a second at most for
   * the first to be due. What can be tried again is tried again; the rest is thrown when the other
   * shards have been read.
   *
   * @throws StreamGapException if records are lost, or the stream has ended; every other poll would
   *     throw it, too
   */
  public Round poll(RecordSink sink) throws InterruptedException {
    requireNonNull(sink, "sink is null");
    look();
    List<ShardState> due = due();
    Delivery delivery = new Delivery(StreamServer.of(client, streamArn), sink, lock);
    long changes = read(due, delivery);
    return new Round(changes, due.size(), lineage.isAtEnd());
  }

  /** Asks which shards there are, when it is time to. */
  private void look() throws InterruptedException {
    StreamDescription stream;
    try {
      stream = listing.next(lineage.isUnsettled());
    } catch (StreamRefusedException e) {
      throw e.reason() == StreamRefusedException.Reason.NOT_FOUND ? gone() : e;
    }
    if (stream == null) {
      return;
    }
    synchronized (lock) {
      lineage.update(stream);
    }
    if (!stream.isOn() && !lineage.hasUnread()) {
      throw new StreamGapException(
          StreamGapException.Reason.STREAM_DISABLED,
          streamArn,
          "the stream is " + stream.status() + " and was read to its end");
    }
  }

  private StreamGapException gone() {
    return new StreamGapException(
        StreamGapException.Reason.STREAM_GONE, streamArn, "the stream does not exist any more");
  }

  /** The shards to be read now; empty after a second of nothing to do. */
  private List<ShardState> due() throws InterruptedException {
    List<ShardState> readable = lineage.readable();
    long wait = LONGEST_WAIT.toNanos();
    for (ShardState shard : readable) {
      wait = Math.min(wait, pace.waitNanos(shard));
    }
    if (wait > 0) {
      settings.timing().sleeper().sleep(Duration.ofNanos(wait));
    }
    readable.removeIf(shard -> pace.waitNanos(shard) > 0);
    return readable;
  }

  private long read(List<ShardState> due, Delivery delivery) throws InterruptedException {
    Queue<ShardState> queue = new ConcurrentLinkedQueue<>(due);
    Failures failures = new Failures();
    List<Callable<Long>> workers = new ArrayList<>();
    for (ShardReading reading : readings.subList(0, Math.min(readings.size(), due.size()))) {
      workers.add(() -> drain(queue, reading, delivery, failures));
    }
    long changes = 0;
    if (workers.size() == 1) {
      changes = drain(queue, readings.get(0), delivery, failures);
    } else {
      for (long of : new Parallel("stream", settings.threads()).run(workers)) {
        changes += of;
      }
    }
    failures.rethrow();
    return changes;
  }

  /** A failure ends its shard's turn only: an interrupted sink could not be gone on with. */
  private static long drain(
      Queue<ShardState> queue, ShardReading reading, Delivery delivery, Failures failures) {
    long changes = 0;
    for (ShardState shard = queue.poll(); shard != null; shard = queue.poll()) {
      try {
        changes += reading.read(shard, delivery);
      } catch (InterruptedException | RuntimeException e) {
        failures.add(e);
      }
    }
    return changes;
  }

  /** How far each shard was read. */
  public Map<String, ShardPosition> positions() {
    synchronized (lock) {
      return lineage.positions();
    }
  }

  /**
   * Every change before this time was handed on, in whole seconds of the server's clock; never less
   * than before.
   */
  public Instant completeTo() {
    synchronized (lock) {
      return lineage.completeTo();
    }
  }

  /** What went wrong in a round. */
  private static final class Failures {
    private @Nullable Exception first;

    synchronized void add(Exception failure) {
      if (first == null) {
        first = failure;
      } else if (first != failure) {
        first.addSuppressed(failure);
      }
    }

    synchronized void rethrow() throws InterruptedException {
      if (first instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      if (first instanceof RuntimeException runtime) {
        throw runtime;
      }
    }
  }
}
