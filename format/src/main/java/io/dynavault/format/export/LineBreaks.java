// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Finds line breaks eight bytes at a time: every byte of every backup passes here. */
final class LineBreaks {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long BREAKS = ONES * '\n';

  private LineBreaks() {}

  /** Position of the first line feed in {@code [from, to)}, or -1. */
  static int indexOf(byte[] bytes, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long word = (long) LONG.get(bytes, i) ^ BREAKS;
      // The lowest high bit set marks the first byte that is zero; later ones may be borrowed.
      long zeros = word - ONES & ~word & HIGH_BITS;
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** A copy with a blank in place of every line feed, which JSON allows only between tokens. */
  static byte[] toBlanks(byte[] bytes, int offset, int length) {
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
    for (int i = 0; i < copy.length; i++) {
      if (copy[i] == '\n') {
        copy[i] = ' ';
      }
    }
    return copy;
  }
}
