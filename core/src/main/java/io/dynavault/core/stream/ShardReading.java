// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.StreamPage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page of a shard after another, each of any shard, and knows what refusals mean. Its
 * buffers are reused; confined to one thread at a time.
 */
final class ShardReading {
  /**
   * Empty pages of AWS in a row of which one is taken to be the end of the shard: a part of a shard
   * without records gives empty pages, too, before those behind it (DynamoDB Streams API reference,
   * "GetRecords"). Nobody knows which one, so that the first of them counts.
   */
  private static final int EMPTY_PAGES_AT_END = 3;

  /** Refusals of one shard in a row that are borne. */
  private static final int MAX_TROUBLES = 10;

  private static final int ATTEMPTS_ON_MALFORMED = 3;

  private final StreamClient client;
  private final String streamArn;
  private final ShardPace pace;
  private final ResponseBuffer buffer = new ResponseBuffer();
  private final StreamPage page = new StreamPage();

  ShardReading(StreamClient client, String streamArn, ShardPace pace) {
    this.client = client;
    this.streamArn = streamArn;
    this.pace = pace;
  }

  /**
   * Reads a page of the shard and hands on its records; returns how many there were.
   *
   * @throws StreamGapException if records of the shard are lost
   */
  long read(ShardState shard, Delivery delivery) throws InterruptedException {
    try {
      Instant serverTime = fetch(shard);
      if (shard.atHorizon) { // the oldest record there still is need not be the oldest not read
        requireKept(shard, serverTime);
      }
      Instant end = endRead(shard, serverTime);
      long changes = delivery.deliver(shard, page, serverTime, end);
      shard.atHorizon = false;
      shard.positionTrimmed = false;
      shard.troubles = 0;
      shard.throttles = 0;
      shard.atEnd = end != null;
      pace.readAgain(shard, page.count() > 0);
      return changes;
    } catch (ThrottledException e) {
      shard.throttles++;
      pace.throttled(shard);
      return 0;
    } catch (StreamRefusedException e) {
      refused(shard, e);
      return 0;
    }
  }

  private Instant fetch(ShardState shard) {
    for (int attempt = 1; ; attempt++) {
      String iterator = shard.iterator;
      if (iterator == null) {
        ShardStart start = shard.start();
        iterator = client.iterator(streamArn, shard.id(), start);
        shard.iterator = iterator;
        shard.atHorizon = start.kind() == ShardStart.Kind.TRIM_HORIZON;
        shard.emptyPages.clear();
      }
      Instant serverTime = client.records(iterator, buffer);
      try {
        page.parse(buffer.array(), 0, buffer.length());
        return serverTime;
      } catch (FormatException e) {
        if (attempt == ATTEMPTS_ON_MALFORMED) {
          throw unreadable(shard, e.getMessage(), e);
        }
      }
    }
  }

  private void requireKept(ShardState shard) {
    requireKept(shard, client.describe(streamArn).serverTime());
  }

  /** A stream keeps all that was written in the last day, and nothing else is sure. */
  private void requireKept(ShardState shard, Instant serverTime) {
    if (!ShardLineage.isKept(shard.completeTo(), serverTime)) {
      shard.iterator = null;
      throw new StreamGapException(
          StreamGapException.Reason.TRIMMED,
          streamArn,
          "shard '%s' was last read to %s, and a stream keeps changes for 24 hours only"
              .formatted(shard.id(), shard.completeTo()));
    }
  }

  /** When the shard's end was read, as far as pages show it by now; null if they do not. */
  private @Nullable Instant endRead(ShardState shard, Instant serverTime) {
    if (page.count() > 0 || page.nextShardIterator() == null) {
      shard.emptyPages.clear();
      return null;
    }
    shard.emptyPages.addLast(serverTime);
    int needed = client.isAws() ? EMPTY_PAGES_AT_END : 1;
    if (shard.emptyPages.size() > needed) {
      shard.emptyPages.removeFirst();
    }
    return shard.emptyPages.size() == needed ? shard.emptyPages.peekFirst() : null;
  }

  private void refused(ShardState shard, StreamRefusedException refusal) {
    if (++shard.troubles > MAX_TROUBLES) {
      throw unreadable(shard, refusal.getMessage(), refusal);
    }
    boolean hadIterator = shard.iterator != null;
    shard.iterator = null;
    switch (refusal.reason()) {
      case EXPIRED_ITERATOR -> {
        // Reading goes on from the position.
      }
      case TRIMMED -> {
        shard.positionTrimmed |= !hadIterator;
        if (shard.troubles == MAX_TROUBLES) {
          requireKept(shard);
        }
        pace.refused(shard);
      }
      case NOT_FOUND -> {
        requireListed(shard);
        pace.refused(shard);
      }
    }
  }

  private void requireListed(ShardState shard) {
    StreamDescription stream;
    try {
      stream = client.describe(streamArn);
    } catch (ThrottledException e) {
      return; // asked again with the next refusal
    } catch (StreamRefusedException e) {
      throw new StreamGapException(
          StreamGapException.Reason.STREAM_GONE, streamArn, "the stream does not exist any more");
    }
    if (stream.shards().stream().noneMatch(listed -> listed.id().equals(shard.id()))) {
      throw new StreamGapException(
          StreamGapException.Reason.SHARD_LOST,
          streamArn,
          "shard '%s' is gone and was not read to its end".formatted(shard.id()));
    }
  }

  private DynavaultException unreadable(ShardState shard, String reason, Throwable cause) {
    return new DynavaultException(
        ErrorCode.SERVICE_UNAVAILABLE,
        "unable to read shard '%s' of stream '%s': %s".formatted(shard.id(), streamArn, reason),
        "check what the endpoint is; then run again, nothing is lost for 24 hours",
        cause);
  }
}
