// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import io.dynavault.format.FormatException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Finds the items in the response of a Scan or Query without decoding them. One object per worker
 * is used for page after page; it keeps the offsets of the last page and no reference to an item.
 *
 * <p>A page is taken whole or refused: {@link #parse} checks all of it, JSON grammar, UTF-8 and the
 * shape of every item included, so that an offset is never given out for a damaged response.
 * Members may come in any order, members that are not known are passed over.
 */
public final class ScanPage {
  private final JsonCursor json = new JsonCursor();
  private final ItemScanner scanner = new ItemScanner(json);

  private int itemCount;
  private int[] offsets = new int[256];
  private int[] lengths = new int[256];
  private int[] sizes = new int[256];
  private boolean sawItems;
  private int keyOffset;
  private int keyLength;
  private long count;
  private long scannedCount;
  private double consumedCapacityUnits;
  private boolean sawCapacity;

  /**
   * Slices the first {@code length} bytes of the body. After an error the page is empty.
   *
   * @throws FormatException if the response is malformed, with the byte offset
   */
  public void parse(byte[] body, int length) {
    parse(body, length, true);
  }

  /**
   * Reads the response of a Scan or Query with {@code Select} {@code COUNT}: its count and position
   * and no items. After an error the page is empty.
   *
   * @throws FormatException if the response is malformed or has items, with the byte offset
   */
  public void parseCount(byte[] body, int length) {
    parse(body, length, false);
  }

  private void parse(byte[] body, int length, boolean withItems) {
    clear();
    json.reset(body, 0, length);
    boolean whole = false;
    try {
      members();
      json.expectEnd();
      check(withItems);
      whole = true;
    } finally {
      if (!whole) {
        clear();
      }
    }
  }

  private void clear() {
    itemCount = 0;
    sawItems = false;
    keyOffset = -1;
    keyLength = 0;
    count = -1;
    scannedCount = -1;
    consumedCapacityUnits = 0;
    sawCapacity = false;
  }

  private void members() {
    json.expect('{');
    if (json.accept('}')) {
      return;
    }
    do {
      json.string();
      member();
    } while (json.hasMore('}'));
  }

  private void member() {
    if (json.textIs("Items")) {
      json.expect(':');
      items();
    } else if (json.textIs("LastEvaluatedKey")) {
      json.expect(':');
      lastEvaluatedKey();
    } else if (json.textIs("Count")) {
      json.expect(':');
      count = counter("Count", count);
    } else if (json.textIs("ScannedCount")) {
      json.expect(':');
      scannedCount = counter("ScannedCount", scannedCount);
    } else if (json.textIs("ConsumedCapacity")) {
      json.expect(':');
      consumedCapacity();
    } else {
      json.expect(':');
      json.skipValue();
    }
  }

  private void items() {
    if (sawItems) {
      throw json.failure("second member Items");
    }
    sawItems = true;
    json.expect('[');
    if (json.accept(']')) {
      return;
    }
    do {
      item();
    } while (json.hasMore(']'));
  }

  private void item() {
    json.peek();
    int offset = json.position();
    int size = scanner.item();
    if (itemCount == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * itemCount);
      lengths = Arrays.copyOf(lengths, 2 * itemCount);
      sizes = Arrays.copyOf(sizes, 2 * itemCount);
    }
    offsets[itemCount] = offset;
    lengths[itemCount] = json.position() - offset;
    sizes[itemCount] = size;
    itemCount++;
  }

  private void lastEvaluatedKey() {
    if (keyOffset >= 0) {
      throw json.failure("second member LastEvaluatedKey");
    }
    json.peek();
    keyOffset = json.position();
    if (scanner.item() == 0) {
      throw json.failure("empty LastEvaluatedKey");
    }
    keyLength = json.position() - keyOffset;
  }

  private long counter(String name, long seen) {
    if (seen >= 0) {
      throw json.failure("second member " + name);
    }
    json.number();
    int digits = json.textEnd() - json.textStart();
    for (int p = json.textStart(); p < json.textEnd(); p++) {
      if (digits > 18 || json.textBytes()[p] < '0' || json.textBytes()[p] > '9') {
        throw json.failure(name + " is not a count");
      }
    }
    return Long.parseLong(json.text());
  }

  private void consumedCapacity() {
    if (sawCapacity) {
      throw json.failure("second member ConsumedCapacity");
    }
    sawCapacity = true;
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
      boolean total = json.textIs("CapacityUnits");
      json.expect(':');
      if (total) {
        json.number();
        consumedCapacityUnits = Double.parseDouble(json.text());
      } else {
        json.skipValue();
      }
    } while (json.hasMore('}'));
  }

  private void check(boolean withItems) {
    if (sawItems != withItems) {
      throw json.failure(
          withItems ? "no member Items" : "member Items, but only a count was asked");
    }
    if (withItems ? count != itemCount : count < 0) {
      throw json.failure(
          count < 0
              ? "no member Count"
              : "Count is " + count + " but there are " + itemCount + " items");
    }
    if (scannedCount >= 0 && scannedCount < count) {
      throw json.failure("ScannedCount " + scannedCount + " is less than Count " + count);
    }
  }

  /** Items that the response counts; those on the page, unless only their number was asked for. */
  public long count() {
    return Math.max(count, 0);
  }

  /** Items on the page. */
  public int itemCount() {
    return itemCount;
  }

  /** Index in the body of the first byte of an item, its opening brace. */
  public int itemOffset(int index) {
    return offsets[Objects.checkIndex(index, itemCount)];
  }

  /** Bytes of an item's text, braces included. */
  public int itemLength(int index) {
    return lengths[Objects.checkIndex(index, itemCount)];
  }

  /** Size of an item in bytes as DynamoDB counts it, see {@link ItemSize}. */
  public int itemSize(int index) {
    return sizes[Objects.checkIndex(index, itemCount)];
  }

  /** Whether there may be more after this page. */
  public boolean hasLastEvaluatedKey() {
    return keyOffset >= 0;
  }

  /** Index in the body of the LastEvaluatedKey, whose text is the next ExclusiveStartKey. */
  public int lastEvaluatedKeyOffset() {
    requireKey();
    return keyOffset;
  }

  /** Bytes of the LastEvaluatedKey's text, braces included. */
  public int lastEvaluatedKeyLength() {
    requireKey();
    return keyLength;
  }

  private void requireKey() {
    if (!hasLastEvaluatedKey()) {
      throw new IllegalStateException("page has no LastEvaluatedKey");
    }
  }

  /** Items that the server read to find those on the page; filters make it larger. */
  public long scannedCount() {
    return scannedCount < 0 ? itemCount : scannedCount;
  }

  /** Whether the response says what it cost; servers other than AWS's may not. */
  public boolean hasConsumedCapacity() {
    return sawCapacity;
  }

  /** Capacity units that the request used, or 0 if the response does not say. */
  public double consumedCapacityUnits() {
    return consumedCapacityUnits;
  }
}
