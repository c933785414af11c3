// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import io.dynavault.format.item.SequenceNumbers;
import io.dynavault.format.item.StreamPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One shard as a tail knows it: how far it was read, to when that is complete, and when to read it
 * next. Position and completeness change under the tail's lock; the rest belongs to the thread that
 * reads the shard.
 */
final class ShardState {
  private static final Duration FORGETTING = Duration.ofHours(1);

  private final String id;
  private Optional<String> parent;

  private ShardPosition.Kind kind;
  private @Nullable String sequenceNumber;
  private @Nullable StreamPage page;
  private int pageIndex;
  private long lastMicros = Long.MIN_VALUE;
  private Instant completeTo;

  private @Nullable Instant closedAt;
  private boolean settled;
  private @Nullable Instant unlistedSince;

  /** What is read next; null: an iterator is to be had first. */
  @Nullable String iterator;

  /** The iterator begins with the oldest record, and nothing was read from it yet. */
  boolean atHorizon;

  /** The record at the position cannot be found any more, which need not mean a loss. */
  boolean positionTrimmed;

  /** Whether the last page showed the end. */
  boolean atEnd;

  /** When the last empty pages came, by the server's clock, since there was one with records. */
  final Deque<Instant> emptyPages = new ArrayDeque<>();

  int throttles;

  /** Refusals in a row. */
  int troubles;

  /** By the ticker; null: at any time. */
  @Nullable Long notBeforeNanos;

  ShardState(String id, ShardPosition position, Instant completeTo) {
    this.id = id;
    this.parent = position.parent();
    this.kind = position.kind();
    this.sequenceNumber = position.sequenceNumber().orElse(null);
    this.completeTo = completeTo;
  }

  String id() {
    return id;
  }

  Optional<String> parent() {
    return parent;
  }

  /** Takes over the parent that the stream names. */
  void parent(Optional<String> listed) {
    parent = listed.or(() -> parent);
  }

  boolean isRead() {
    return kind == ShardPosition.Kind.CLOSED;
  }

  ShardPosition position() {
    return new ShardPosition(kind, Optional.ofNullable(lastSequenceNumber()), parent);
  }

  private @Nullable String lastSequenceNumber() {
    return page == null ? sequenceNumber : page.sequenceNumber(pageIndex);
  }

  /** Where reading goes on when there is no iterator. */
  ShardStart start() {
    String last = lastSequenceNumber();
    return last == null || positionTrimmed
        ? ShardStart.of(ShardStart.Kind.TRIM_HORIZON)
        : ShardStart.at(last);
  }

  /** Whether a record lies behind the position. */
  boolean isNew(StreamPage read, int index) {
    if (page == read) {
      return read.isAfter(index, pageIndex);
    }
    return sequenceNumber == null || read.isAfter(index, sequenceNumber);
  }

  long lastMicros() {
    return lastMicros;
  }

  /** A record was handed on. Its number is made an object when the page is left. */
  void accepted(StreamPage read, int index, long micros) {
    kind = ShardPosition.Kind.AFTER;
    page = read;
    pageIndex = index;
    lastMicros = micros;
  }

  /** A record that was handed on earlier is still there: nothing before it is missing. */
  void seenAgain(long micros) {
    lastMicros = Math.max(lastMicros, micros);
  }

  /** The page's bytes are about to change. */
  void leavePage() {
    sequenceNumber = lastSequenceNumber();
    page = null;
    if (lastMicros != Long.MIN_VALUE) {
      completeTo(Instant.ofEpochSecond(Math.floorDiv(lastMicros, 1_000_000L)));
    }
  }

  Instant completeTo() {
    return completeTo;
  }

  /** Every change before this time was handed on. */
  void completeTo(Instant time) {
    if (time.isAfter(completeTo)) {
      completeTo = time;
    }
  }

  /** The shard was read to its end. What follows is in its children. */
  void read(Instant serverTime) {
    kind = ShardPosition.Kind.CLOSED;
    sequenceNumber = null;
    page = null;
    iterator = null;
    closedAt = serverTime;
  }

  /** Ends the shard if the last record that it has was handed on. */
  void compareWith(Shard listed, Instant serverTime) {
    if (sequenceNumber != null
        && listed.lastSequenceNumber().isPresent()
        && SequenceNumbers.compare(listed.lastSequenceNumber().get(), sequenceNumber) <= 0) {
      read(serverTime);
    }
  }

  /** Since when it is known that the shard was read to its end; now, if nobody remembers. */
  Instant closedAt(Instant now) {
    if (closedAt == null) {
      closedAt = now;
    }
    return closedAt;
  }

  /** Whether something of it was read. */
  boolean isBegun() {
    return kind != ShardPosition.Kind.TRIM_HORIZON || !emptyPages.isEmpty();
  }

  /**
   * Whether its position is of no use any more: it was read, its children are known, and the stream
   * has not listed it for a while. One listing may leave it out and the next have it again.
   */
  boolean isForgotten(boolean listed, Instant now) {
    if (listed || !settled) {
      unlistedSince = null;
      return false;
    }
    if (unlistedSince == null) {
      unlistedSince = now;
    }
    return Duration.between(unlistedSince, now).compareTo(FORGETTING) >= 0;
  }

  /** Whether its children are known, so that nothing depends on it any more. */
  boolean isSettled() {
    return settled;
  }

  void settle() {
    settled = true;
  }

  /** What is true of the shard before this one is true of this one. */
  void inherit(ShardState before) {
    completeTo(before.completeTo);
    lastMicros = Math.max(lastMicros, before.lastMicros);
  }
}
