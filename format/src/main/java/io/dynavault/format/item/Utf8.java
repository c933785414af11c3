// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import io.dynavault.format.FormatException;

/** UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
  private Utf8() {}

  /** End of the multi-byte sequence that starts at {@code p}, or -1 if it is not valid UTF-8. */
  static int sequenceEnd(byte[] bytes, int p, int limit) {
    int lead = bytes[p] & 0xFF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      return limit - p >= 2 && isContinuation(bytes[p + 1]) ? p + 2 : -1;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      return limit - p >= 3
              && isSecondOfThree(lead, bytes[p + 1] & 0xFF)
              && isContinuation(bytes[p + 2])
          ? p + 3
          : -1;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
      return limit - p >= 4
              && isSecondOfFour(lead, bytes[p + 1] & 0xFF)
              && isContinuation(bytes[p + 2])
              && isContinuation(bytes[p + 3])
          ? p + 4
          : -1;
    }
    return -1;
  }

  /**
   * The code point at an index of the text.
   *
   * @throws FormatException if it is half of a surrogate pair, which UTF-8 cannot hold
   */
  static int codePoint(String text, int index) {
    int codePoint = text.codePointAt(index);
    if (isSurrogate(codePoint)) {
      throw new FormatException("text is not Unicode: lone surrogate at character " + index);
    }
    return codePoint;
  }

  /** Whether it is half of a surrogate pair, no character. */
  static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** The text, once it is known that UTF-8 can hold it. */
  static String requireEncodable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        codePoint(text, i++);
      }
    }
    return text;
  }

  /** Bytes that the code point takes. */
  static int length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }

  /** Writes the code point and returns the index after it. */
  static int put(int codePoint, byte[] target, int p) {
    int length = length(codePoint);
    if (length == 1) {
      target[p] = (byte) codePoint;
      return p + 1;
    }
    int rest = codePoint;
    for (int i = length - 1; i > 0; i--) {
      target[p + i] = (byte) (0x80 | (rest & 0x3F));
      rest >>>= 6;
    }
    int leadMark = 0xF00 >> length & 0xFF;
    target[p] = (byte) (leadMark | rest);
    return p + length;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  private static boolean isSecondOfThree(int lead, int second) {
    int lowest = lead == 0xE0 ? 0xA0 : 0x80;
    int highest = lead == 0xED ? 0x9F : 0xBF;
    return second >= lowest && second <= highest;
  }

  private static boolean isSecondOfFour(int lead, int second) {
    int lowest = lead == 0xF0 ? 0x90 : 0x80;
    int highest = lead == 0xF4 ? 0x8F : 0xBF;
    return second >= lowest && second <= highest;
  }
}
