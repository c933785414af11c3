// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where plain text ends inside a JSON string. Plain bytes are printable ASCII except the
 * quote and the backslash: they stand for themselves, need no validation and make up nearly all of
 * an item, so they are passed over eight at a time.
 */
final class PlainText {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long BACKSLASHES = ONES * '\\';
  private static final long QUOTES = ONES * '"';

  /** Swaps the space and the quote, so that the quote is next to the control characters. */
  private static final long SPACE_TO_QUOTE = ONES * (' ' ^ '"');

  private static final long FIRST_PLAIN = ONES * (' ' + 1);

  private PlainText() {}

  /** Index of the first byte in {@code [from, limit)} that is not plain, or {@code limit}. */
  static int end(byte[] bytes, int from, int limit) {
    int p = from;
    for (; p <= limit - Long.BYTES; p += Long.BYTES) {
      long special = specialBytes((long) WORD.get(bytes, p));
      if (special != 0) {
        return p + (Long.numberOfTrailingZeros(special) >>> 3);
      }
    }
    while (p < limit && isPlain(bytes[p])) {
      p++;
    }
    return p;
  }

  /** Index of the first quote or backslash in {@code [from, limit)}, or {@code limit}. */
  static int quoteOrBackslash(byte[] bytes, int from, int limit) {
    int p = from;
    for (; p <= limit - Long.BYTES; p += Long.BYTES) {
      long word = (long) WORD.get(bytes, p);
      long found = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES);
      if (found != 0) {
        return p + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (p < limit && bytes[p] != '"' && bytes[p] != '\\') {
      p++;
    }
    return p;
  }

  /** The high bit of each byte that is zero; the lowest mark is exact, as below. */
  private static long zeroBytes(long word) {
    return word - ONES & ~word & HIGH_BITS;
  }

  /**
   * The high bit of each byte that is a quote, a backslash, a control character or not ASCII. A
   * borrow may also mark bytes above a marked one, never below: the lowest mark is exact.
   */
  private static long specialBytes(long word) {
    long controlOrQuote = (word ^ SPACE_TO_QUOTE) - FIRST_PLAIN;
    long backslash = (word ^ BACKSLASHES) - ONES;
    return (controlOrQuote | backslash | word) & HIGH_BITS;
  }

  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }
}
