// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import io.dynavault.format.FormatException;
import java.nio.charset.StandardCharsets;

/**
 * Finds the item inside a line {@code {"Item":{…}}}. The slice is exactly one JSON object by its
 * brackets and strings, so that it stays one value wherever it is copied into a request; what is
 * inside the object is validated by whoever sizes, keys or decodes the item.
 */
final class ItemEnvelope {
  private static final byte[] PLAIN = "{\"Item\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NAME = "\"Item\"".getBytes(StandardCharsets.US_ASCII);

  private int offset;
  private int length;

  /** Finds the item in {@code [start, end)}. */
  void locate(byte[] line, int start, int end) {
    int position = startsWith(line, start, end, PLAIN) ? start + PLAIN.length : -1;
    if (position < 0) {
      position = skipName(line, start, end);
    }
    offset = skipBlanks(line, position, end);
    if (offset == end || line[offset] != '{') {
      throw new FormatException("the value of \"Item\" is not an object");
    }
    int itemEnd = objectEnd(line, offset, end);
    length = itemEnd - offset;
    requireNothingElse(line, itemEnd, end);
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  private static int skipName(byte[] line, int start, int end) {
    int position = skipBlanks(line, start, end);
    if (position == end) {
      throw new FormatException("the line is empty");
    }
    if (line[position] != '{') {
      throw new FormatException("not a JSON object");
    }
    position = skipBlanks(line, position + 1, end);
    if (!startsWith(line, position, end, NAME)) {
      throw new FormatException(
          isChangeRecord(line, position, end)
              ? "a change record of an incremental export, not an item"
              : "the object does not begin with \"Item\"");
    }
    position = skipBlanks(line, position + NAME.length, end);
    if (position == end || line[position] != ':') {
      throw new FormatException("no colon after \"Item\"");
    }
    return position + 1;
  }

  private static boolean isChangeRecord(byte[] line, int position, int end) {
    return startsWith(line, position, end, "\"Metadata\"".getBytes(StandardCharsets.US_ASCII))
        || startsWith(line, position, end, "\"Keys\"".getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Position after the bracket that closes the object at {@code start}. Counting suffices: in valid
   * JSON brackets match by kind whenever they match by number.
   */
  private static int objectEnd(byte[] line, int start, int end) {
    int depth = 0;
    for (int i = start; i < end; i++) {
      switch (line[i]) {
        case '"' -> i = stringEnd(line, i, end);
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (--depth == 0) {
            return i + 1;
          }
        }
        default -> {}
      }
    }
    throw new FormatException("the item does not end in its line");
  }

  /** Position of the quote that ends the string whose first quote is at {@code start}. */
  private static int stringEnd(byte[] line, int start, int end) {
    for (int i = start + 1; i < end; i++) {
      byte character = line[i];
      if (character == '"') {
        return i;
      }
      if (character == '\\') {
        i++;
      }
    }
    throw new FormatException("a string does not end in its line");
  }

  private static void requireNothingElse(byte[] line, int itemEnd, int end) {
    int position = skipBlanks(line, itemEnd, end);
    if (position < end && line[position] == ',') {
      throw new FormatException("something else stands beside \"Item\"");
    }
    if (position == end || line[position] != '}') {
      throw new FormatException("the object around the item is not closed");
    }
    if (skipBlanks(line, position + 1, end) != end) {
      throw new FormatException("something follows the item's object");
    }
  }

  private static boolean startsWith(byte[] line, int start, int end, byte[] expected) {
    if (end - start < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (line[start + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  static int skipBlanks(byte[] line, int start, int end) {
    int position = start;
    while (position < end && isBlank(line[position])) {
      position++;
    }
    return position;
  }

  static boolean isBlank(byte character) {
    return character == ' ' || character == '\t' || character == '\r';
  }
}
