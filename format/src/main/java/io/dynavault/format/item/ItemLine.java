// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Finds the item in one line of an export's data file, {@code {"Item":{…}}}, without decoding it.
 * One object per worker is used for line after line.
 */
public final class ItemLine {
  private static final byte[] BEGIN = "{\"Item\":".getBytes(US_ASCII);

  private final JsonCursor json = new JsonCursor();
  private final ItemScanner scanner = new ItemScanner(json);
  private int itemOffset;
  private int itemLength;
  private int itemSize;

  /**
   * Checks all of the line, the shape of the item included. The line end may be left out.
   *
   * @throws io.dynavault.format.FormatException if the line is anything else than one item; the
   *     byte offset in the message counts from {@code offset}
   */
  public void parse(byte[] bytes, int offset, int length) {
    json.reset(bytes, offset, length);
    json.expect('{');
    json.string();
    if (!json.textIs("Item")) {
      throw json.failure("expected the member Item");
    }
    json.expect(':');
    json.peek();
    itemOffset = json.position();
    itemSize = scanner.item();
    itemLength = json.position() - itemOffset;
    json.expect('}');
    json.expectEnd();
  }

  /**
   * Where the item begins in a line without blanks, as all exports have them; nothing behind that
   * is looked at.
   *
   * @return index in the array, or -1 in a line that may be something else
   */
  public static int findItem(byte[] bytes, int offset, int length) {
    int item = offset + BEGIN.length;
    return length > BEGIN.length && Arrays.equals(bytes, offset, item, BEGIN, 0, BEGIN.length)
        ? item
        : -1;
  }

  /** Index in the array of the first byte of the item, its opening brace. */
  public int itemOffset() {
    return itemOffset;
  }

  /** Bytes of the item's text, braces included. */
  public int itemLength() {
    return itemLength;
  }

  /** Size of the item in bytes as DynamoDB counts it, see {@link ItemSize}. */
  public int itemSize() {
    return itemSize;
  }
}
