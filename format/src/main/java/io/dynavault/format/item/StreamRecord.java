// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record of a stream at the cursor into slots of its page. Members come in any order;
 * names of {@code userIdentity} begin with upper or lower case, as the service model and the
 * Developer Guide have them.
 */
final class StreamRecord {
  /** Offset, length and size of the key, the same of the two images, digits of the number. */
  static final int KEYS = 0;

  static final int OLD_IMAGE = 3;
  static final int NEW_IMAGE = 6;
  static final int SEQUENCE = 9;
  static final int SLOTS = 11;

  private static final int ABSENT = -1;
  private static final int MAX_DIGITS = 40;

  /** Longest time that is read without an object: seconds for the next 250 years. */
  private static final int PLAIN_DIGITS = 10;

  private static final BigDecimal LATEST = new BigDecimal(Long.MAX_VALUE).movePointLeft(6);

  private final JsonCursor json;
  private final ItemScanner scanner;

  private int[] slots = {};
  private int base;
  private long creationMicros;
  private @Nullable ChangeKind kind;
  private boolean bothImages;
  private boolean sawChange;
  private boolean ofDynamoDb;
  private boolean ofService;

  StreamRecord(JsonCursor json) {
    this.json = json;
    this.scanner = new ItemScanner(json);
  }

  /** Consumes a record; its slices go to the slots from {@code from} on. */
  void read(int[] into, int from) {
    slots = into;
    base = from;
    for (int slot : new int[] {KEYS, OLD_IMAGE, NEW_IMAGE, SEQUENCE}) {
      slots[base + slot] = ABSENT;
    }
    creationMicros = ABSENT;
    kind = null;
    bothImages = false;
    sawChange = false;
    ofDynamoDb = false;
    ofService = false;
    json.expect('{');
    if (!json.accept('}')) {
      do {
        member();
      } while (json.hasMore('}'));
    }
    check();
  }

  private void member() {
    json.string();
    if (json.textIs("dynamodb")) {
      json.expect(':');
      change();
    } else if (json.textIs("eventName")) {
      json.expect(':');
      kind = eventName();
    } else if (json.textIs("userIdentity")) {
      json.expect(':');
      userIdentity();
    } else {
      json.expect(':');
      json.skipValue();
    }
  }

  private ChangeKind eventName() {
    if (kind != null) {
      throw json.failure("second member eventName");
    }
    json.string();
    if (json.textIs("MODIFY")) {
      return ChangeKind.MODIFY;
    }
    if (json.textIs("INSERT")) {
      return ChangeKind.INSERT;
    }
    if (json.textIs("REMOVE")) {
      return ChangeKind.REMOVE;
    }
    throw json.failure("unknown eventName");
  }

  private void userIdentity() {
    if (json.peek() == 'n') {
      json.literal("null");
      return;
    }
    json.expect('{');
    if (json.accept('}')) {
      return;
    }
    do {
      json.string();
      if (json.textIs("PrincipalId") || json.textIs("principalId")) {
        ofDynamoDb = isText("dynamodb.amazonaws.com");
      } else if (json.textIs("Type") || json.textIs("type")) {
        ofService = isText("Service");
      } else {
        json.expect(':');
        json.skipValue();
      }
    } while (json.hasMore('}'));
  }

  /** Whether the value of this member is a certain string; null is none. */
  private boolean isText(String text) {
    json.expect(':');
    if (json.peek() == 'n') {
      json.literal("null");
      return false;
    }
    json.string();
    return json.textIs(text);
  }

  private void change() {
    if (sawChange) {
      throw json.failure("second member dynamodb");
    }
    sawChange = true;
    json.expect('{');
    if (json.accept('}')) {
      return;
    }
    do {
      json.string();
      if (json.textIs("Keys")) {
        image(KEYS);
      } else if (json.textIs("OldImage")) {
        image(OLD_IMAGE);
      } else if (json.textIs("NewImage")) {
        image(NEW_IMAGE);
      } else if (json.textIs("SequenceNumber")) {
        sequenceNumber();
      } else if (json.textIs("ApproximateCreationDateTime")) {
        creationTime();
      } else if (json.textIs("StreamViewType")) {
        bothImages = isText("NEW_AND_OLD_IMAGES");
      } else {
        json.expect(':');
        json.skipValue();
      }
    } while (json.hasMore('}'));
  }

  private void image(int slot) {
    json.expect(':');
    if (slots[base + slot] != ABSENT) {
      throw json.failure("an image or key comes twice");
    }
    if (json.peek() == 'n') {
      json.literal("null");
      return;
    }
    int from = json.position();
    slots[base + slot + 2] = scanner.item();
    slots[base + slot + 1] = json.position() - from;
    slots[base + slot] = from;
  }

  private void sequenceNumber() {
    json.expect(':');
    json.peek();
    int from = json.position() + 1;
    int digits = json.skipString();
    if (slots[base + SEQUENCE] != ABSENT || digits < 1 || digits > MAX_DIGITS) {
      throw json.failure("malformed SequenceNumber");
    }
    if (json.position() - 1 - from != digits || !json.isDigits(from, digits)) {
      throw json.failure("SequenceNumber is not a number");
    }
    slots[base + SEQUENCE] = from;
    slots[base + SEQUENCE + 1] = digits;
  }

  private void creationTime() {
    json.expect(':');
    if (creationMicros != ABSENT) {
      throw json.failure("second member ApproximateCreationDateTime");
    }
    json.number();
    int digits = json.textEnd() - json.textStart();
    creationMicros =
        digits <= PLAIN_DIGITS && json.isDigits(json.textStart(), digits)
            ? json.digits(json.textStart(), digits) * 1_000_000
            : micros(json.text());
  }

  /** Servers write 1767323045, 1.767323045E9, or a fraction of a second behind it. */
  private long micros(String text) {
    try {
      BigDecimal seconds = new BigDecimal(text);
      if (seconds.signum() >= 0 && seconds.compareTo(LATEST) <= 0) {
        return seconds.movePointRight(6).longValue();
      }
    } catch (NumberFormatException e) {
      // an exponent that no number of ours can have, refused like any other that is too large
    }
    throw json.failure("ApproximateCreationDateTime is not a time");
  }

  private void check() {
    if (kind == null) {
      throw json.failure("a record without eventName");
    }
    if (slots[base + KEYS] == ABSENT || slots[base + KEYS + 2] == 0) {
      throw json.failure("a record without Keys");
    }
    if (slots[base + SEQUENCE] == ABSENT) {
      throw json.failure("a record without SequenceNumber");
    }
    if (creationMicros == ABSENT) {
      throw json.failure("a record without ApproximateCreationDateTime");
    }
    if (bothImages && kind != ChangeKind.INSERT && slots[base + OLD_IMAGE] == ABSENT) {
      throw json.failure(kind + " without OldImage");
    }
    if (bothImages && kind != ChangeKind.REMOVE && slots[base + NEW_IMAGE] == ABSENT) {
      throw json.failure(kind + " without NewImage");
    }
    if (kind == ChangeKind.REMOVE && slots[base + NEW_IMAGE] != ABSENT) {
      throw json.failure("REMOVE with NewImage");
    }
  }

  ChangeKind kind() {
    if (kind == null) {
      throw new IllegalStateException("no record was read");
    }
    return kind;
  }

  long creationMicros() {
    return creationMicros;
  }

  boolean timeToLive() {
    return kind == ChangeKind.REMOVE && ofDynamoDb && ofService;
  }
}
