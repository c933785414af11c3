// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the changes in an answer of GetRecords of DynamoDB Streams without decoding their items
 * (DynamoDB Streams API reference, "Record"). One object per worker is used for page after page; it
 * keeps offsets into the bytes of the last page.
 *
 * <p>A page is taken whole or refused: {@link #parse} checks all of it, the shape of every image
 * included. A record of a stream with both images must have those that its kind implies, so that a
 * change is never kept without what it changed.
 */
public final class StreamPage {
  private final JsonCursor json = new JsonCursor();
  private final StreamRecord record = new StreamRecord(json);

  private byte[] bytes = {};
  private int count;
  private int[] slots = new int[64 * StreamRecord.SLOTS];
  private long[] times = new long[64];
  private ChangeKind[] kinds = new ChangeKind[64];
  private boolean[] expirations = new boolean[64];
  private boolean sawRecords;
  private @Nullable String nextShardIterator;

  /**
   * Takes the page that lies in these bytes, which must stay as they are while it is used. After an
   * error the page is empty.
   *
   * @throws io.dynavault.format.FormatException if the answer is malformed, with the byte offset
   */
  public void parse(byte[] body, int offset, int length) {
    clear();
    bytes = body;
    json.reset(body, offset, length);
    boolean whole = false;
    try {
      members();
      json.expectEnd();
      if (!sawRecords) {
        throw json.failure("no member Records");
      }
      whole = true;
    } finally {
      if (!whole) {
        clear();
      }
    }
  }

  private void clear() {
    count = 0;
    sawRecords = false;
    nextShardIterator = null;
  }

  private void members() {
    json.expect('{');
    if (json.accept('}')) {
      return;
    }
    do {
      json.string();
      if (json.textIs("Records")) {
        json.expect(':');
        records();
      } else if (json.textIs("NextShardIterator")) {
        json.expect(':');
        readNextShardIterator();
      } else {
        json.expect(':');
        json.skipValue();
      }
    } while (json.hasMore('}'));
  }

  private void readNextShardIterator() {
    if (nextShardIterator != null) {
      throw json.failure("second member NextShardIterator");
    }
    if (json.peek() == 'n') {
      json.literal("null");
      return;
    }
    json.string();
    nextShardIterator = json.text();
    if (nextShardIterator.isEmpty()) {
      throw json.failure("empty NextShardIterator");
    }
  }

  private void records() {
    if (sawRecords) {
      throw json.failure("second member Records");
    }
    sawRecords = true;
    json.expect('[');
    if (json.accept(']')) {
      return;
    }
    do {
      add();
    } while (json.hasMore(']'));
  }

  private void add() {
    if (count == times.length) {
      slots = Arrays.copyOf(slots, 2 * slots.length);
      times = Arrays.copyOf(times, 2 * count);
      kinds = Arrays.copyOf(kinds, 2 * count);
      expirations = Arrays.copyOf(expirations, 2 * count);
    }
    record.read(slots, count * StreamRecord.SLOTS);
    times[count] = record.creationMicros();
    kinds[count] = record.kind();
    expirations[count] = record.timeToLive();
    count++;
  }

  /** The bytes that all offsets point into. */
  public byte[] array() {
    return bytes;
  }

  /** Records on the page. */
  public int count() {
    return count;
  }

  /** What is read next of the shard; null if the shard is closed and this was its end. */
  public @Nullable String nextShardIterator() {
    return nextShardIterator;
  }

  /** What a record's change did. */
  public ChangeKind kind(int index) {
    return kinds[Objects.checkIndex(index, count)];
  }

  /** When a change was made as the stream says it, in microseconds of the epoch. */
  public long creationMicros(int index) {
    return times[Objects.checkIndex(index, count)];
  }

  /** Whether DynamoDB removed the item because it had expired. */
  public boolean timeToLive(int index) {
    return expirations[Objects.checkIndex(index, count)];
  }

  /** Index of the first digit of a record's sequence number. */
  public int sequenceNumberOffset(int index) {
    return slot(index, StreamRecord.SEQUENCE);
  }

  /** Digits of a record's sequence number. */
  public int sequenceNumberLength(int index) {
    return slot(index, StreamRecord.SEQUENCE + 1);
  }

  /** A record's sequence number as the stream writes it. */
  public String sequenceNumber(int index) {
    return SequenceNumbers.text(bytes, sequenceNumberOffset(index), sequenceNumberLength(index));
  }

  /** Whether a record comes after the one of this sequence number in their shard. */
  public boolean isAfter(int index, String sequenceNumber) {
    return SequenceNumbers.compare(
            bytes, sequenceNumberOffset(index), sequenceNumberLength(index), sequenceNumber)
        > 0;
  }

  /** Whether a record comes after another one of this page in their shard. */
  public boolean isAfter(int index, int other) {
    return SequenceNumbers.compare(
            bytes,
            sequenceNumberOffset(index),
            sequenceNumberLength(index),
            sequenceNumberOffset(other),
            sequenceNumberLength(other))
        > 0;
  }

  /** The key of the item that a record is about. */
  public ChangeLine.Slice keys(int index) {
    ChangeLine.Slice slice = slice(index, StreamRecord.KEYS);
    if (slice == null) {
      throw new IllegalStateException("a record without keys");
    }
    return slice;
  }

  /** The item before the change; null if there was none, or the stream leaves it out. */
  public ChangeLine.@Nullable Slice oldImage(int index) {
    return slice(index, StreamRecord.OLD_IMAGE);
  }

  /** The item after the change; null if it was removed, or the stream leaves it out. */
  public ChangeLine.@Nullable Slice newImage(int index) {
    return slice(index, StreamRecord.NEW_IMAGE);
  }

  private ChangeLine.@Nullable Slice slice(int index, int first) {
    int offset = slot(index, first);
    return offset < 0
        ? null
        : new ChangeLine.Slice(offset, slot(index, first + 1), slot(index, first + 2));
  }

  private int slot(int index, int slot) {
    return slots[Objects.checkIndex(index, count) * StreamRecord.SLOTS + slot];
  }
}
