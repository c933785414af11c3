// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

/**
 * The size of an item as DynamoDB counts it for its 400 KB limit and for capacity units (DynamoDB
 * Developer Guide, "DynamoDB item sizes and formats"). What AWS leaves open is taken from
 * measurements by others: a number takes a byte for two significant digits, one more, and one more
 * if it is negative.
 */
public final class ItemSize {
  /** The largest item that DynamoDB holds, in bytes. */
  public static final int MAX_ITEM_SIZE = 400 * 1024;

  private ItemSize() {}

  /**
   * The size in bytes of the item in DynamoDB JSON, computed without decoding it.
   *
   * @throws io.dynavault.format.FormatException if the bytes are not exactly one item in DynamoDB
   *     JSON; the offset in the message counts from {@code offset}
   */
  public static int of(byte[] bytes, int offset, int length) {
    JsonCursor json = new JsonCursor();
    json.reset(bytes, offset, length);
    int size = new ItemScanner(json).item();
    json.expectEnd();
    return size;
  }

  static int ofNumber(DecimalScanner number) {
    return (number.significantDigits() + 1) / 2 + (number.negative() ? 2 : 1);
  }
}
