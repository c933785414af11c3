// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

/**
 * The escape sequences of JSON strings: {@code \n} and its like, and the {@code \}{@code u} form.
 */
final class JsonEscape {
  private JsonEscape() {}

  /**
   * The code point of the escape sequence at {@code p}, or -1 if it is malformed. A pair of
   * surrogates, which takes two sequences, is one code point; a lone surrogate is its own.
   */
  static int codePoint(byte[] bytes, int p, int limit) {
    if (p + 1 >= limit) {
      return -1;
    }
    return switch (bytes[p + 1]) {
      case '"', '\\', '/' -> bytes[p + 1];
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode(bytes, p, limit);
      default -> -1;
    };
  }

  /** Bytes of the well-formed sequence at {@code p} that stands for {@code codePoint}. */
  static int length(byte[] bytes, int p, int codePoint) {
    if (bytes[p + 1] != 'u') {
      return 2;
    }
    return Character.isBmpCodePoint(codePoint) ? 6 : 12;
  }

  /** Decodes a validated string into {@code target}; returns the number of bytes written. */
  static int unescape(byte[] bytes, int start, int end, byte[] target) {
    int from = start;
    int to = 0;
    while (from < end) {
      if (bytes[from] != '\\') {
        target[to++] = bytes[from++];
        continue;
      }
      int codePoint = codePoint(bytes, from, end);
      from += length(bytes, from, codePoint);
      to = Utf8.put(codePoint, target, to);
    }
    return to;
  }

  private static int unicode(byte[] bytes, int p, int limit) {
    int unit = codeUnit(bytes, p, limit);
    if (unit < 0 || !Character.isSurrogate((char) unit)) {
      return unit;
    }
    int low = codeUnit(bytes, p + 6, limit);
    boolean pair = low >= 0 && Character.isSurrogatePair((char) unit, (char) low);
    return pair ? Character.toCodePoint((char) unit, (char) low) : unit;
  }

  private static int codeUnit(byte[] bytes, int p, int limit) {
    if (p + 6 > limit || bytes[p] != '\\' || bytes[p + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = p + 2; i < p + 6; i++) {
      int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }
}
