// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How most values begin where there is no white space: brace, descriptor of a string or a number,
 * colon and quote, recognised by one comparison instead of four tokens.
 */
final class ValueStart {
  static final int LENGTH = 6;
  static final long STRING = of("{\"S\":\"");
  static final long NUMBER = of("{\"N\":\"");

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MASK = (1L << (LENGTH * Byte.SIZE)) - 1;

  private ValueStart() {}

  /** Whether the bytes at the position are this start; false where fewer than eight are left. */
  static boolean isAt(byte[] bytes, int position, int limit, long start) {
    return position <= limit - Long.BYTES && ((long) WORD.get(bytes, position) & MASK) == start;
  }

  private static long of(String text) {
    long start = 0;
    for (int i = LENGTH - 1; i >= 0; i--) {
      start = start << Byte.SIZE | text.charAt(i);
    }
    return start;
  }
}
