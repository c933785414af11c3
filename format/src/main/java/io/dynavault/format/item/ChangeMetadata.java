// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import org.jspecify.annotations.Nullable;

/**
 * What a change says of itself besides key and images, in its member {@code Metadata}: when it was
 * made, which number it has in the stream, and of what kind it is. Reusable, for one thread.
 */
final class ChangeMetadata {
  private static final long NO_TIME = -1;
  private static final ChangeKind[] KINDS = ChangeKind.values();
  private static final int MAX_SEQUENCE_DIGITS = 40;

  private final JsonCursor json;
  private byte[] bytes = {};
  private long micros = NO_TIME;
  private int sequenceFrom;
  private int sequenceLength;
  private @Nullable ChangeKind kind;
  private boolean timeToLive;

  /**
   * @param json stands at the member when it is read
   */
  ChangeMetadata(JsonCursor json) {
    this.json = json;
  }

  /** Nothing is known of another line yet. */
  void reset(byte[] line) {
    bytes = line;
    micros = NO_TIME;
    sequenceLength = 0;
    kind = null;
    timeToLive = false;
  }

  /** Consumes the value of the member. */
  void read() {
    json.expect('{');
    if (json.accept('}')) {
      return;
    }
    do {
      json.string();
      if (json.textIs("WriteTimestampMicros")) {
        json.expect(':');
        micros = time();
      } else if (json.textIs("SequenceNumber")) {
        typed("S");
        readSequenceNumber();
      } else if (json.textIs("EventName")) {
        typed("S");
        kind = readKind();
        json.expect('}');
      } else if (json.textIs("TimeToLive")) {
        typed("BOOL");
        timeToLive = json.bool();
        json.expect('}');
      } else {
        json.expect(':');
        json.skipValue();
      }
    } while (json.hasMore('}'));
  }

  /** Consumes what comes before a value of this type. */
  private void typed(String type) {
    json.expect(':');
    json.expect('{');
    json.string();
    if (!json.textIs(type)) {
      throw json.failure("a member of Metadata is not of type " + type);
    }
    json.expect(':');
  }

  private void readSequenceNumber() {
    json.peek();
    sequenceFrom = json.position() + 1;
    sequenceLength = json.skipString();
    if (sequenceLength < 1
        || sequenceLength > MAX_SEQUENCE_DIGITS
        || !json.isDigits(sequenceFrom, sequenceLength)) {
      throw json.failure("SequenceNumber is not a number");
    }
    json.expect('}');
  }

  private ChangeKind readKind() {
    json.string();
    for (ChangeKind known : KINDS) {
      if (json.textIs(known.name())) {
        return known;
      }
    }
    throw json.failure("unknown EventName");
  }

  private long time() {
    if (json.peek() == '{') {
      json.expect('{');
      json.string();
      if (!json.textIs("N")) {
        throw json.failure("WriteTimestampMicros is not a number");
      }
      json.expect(':');
      long number = number();
      json.expect('}');
      return number;
    }
    return number();
  }

  private long number() {
    if (json.peek() == '"') {
      json.string();
    } else {
      json.number();
    }
    long number = json.textNumber();
    if (number < 0) {
      throw json.failure("WriteTimestampMicros is not a time in microseconds");
    }
    return number;
  }

  /** When the item was written, in epoch microseconds; -1 where nothing says so. */
  long micros() {
    return micros;
  }

  /** Null where nothing says so. */
  @Nullable ChangeKind kind() {
    return kind;
  }

  /** Null where nothing says so. */
  @Nullable String sequenceNumber() {
    return sequenceLength == 0 ? null : SequenceNumbers.text(bytes, sequenceFrom, sequenceLength);
  }

  boolean hasSequenceNumber() {
    return sequenceLength > 0;
  }

  boolean timeToLive() {
    return timeToLive;
  }
}
