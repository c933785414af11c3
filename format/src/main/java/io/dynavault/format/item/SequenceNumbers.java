// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Sequence numbers of a stream's records: decimal digits, 21 to 40 of them, whose order as numbers
 * is the order of a shard's records. Leading zeros, which DynamoDB Local writes, mean nothing.
 */
public final class SequenceNumbers {
  private SequenceNumbers() {}

  /** Compares two numbers by their value. */
  public static int compare(String first, String second) {
    byte[] digits = first.getBytes(ISO_8859_1);
    return compare(digits, 0, digits.length, second);
  }

  static int compare(byte[] bytes, int offset, int length, String other) {
    int from = offset;
    int left = length;
    while (left > 0 && bytes[from] == '0') {
      from++;
      left--;
    }
    int otherFrom = 0;
    while (otherFrom < other.length() && other.charAt(otherFrom) == '0') {
      otherFrom++;
    }
    int order = Integer.compare(left, other.length() - otherFrom);
    for (int i = 0; order == 0 && i < left; i++) {
      order = Integer.compare(bytes[from + i], other.charAt(otherFrom + i));
    }
    return order;
  }

  static int compare(byte[] bytes, int offset, int length, int otherOffset, int otherLength) {
    int from = offset;
    int left = length;
    while (left > 0 && bytes[from] == '0') {
      from++;
      left--;
    }
    int otherFrom = otherOffset;
    int otherLeft = otherLength;
    while (otherLeft > 0 && bytes[otherFrom] == '0') {
      otherFrom++;
      otherLeft--;
    }
    int order = Integer.compare(left, otherLeft);
    for (int i = 0; order == 0 && i < left; i++) {
      order = Integer.compare(bytes[from + i], bytes[otherFrom + i]);
    }
    return order;
  }

  static String text(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, ISO_8859_1);
  }
}
