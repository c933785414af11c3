// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Base64 as RFC 4648 section 4 defines it, with padding, and with the unused bits zero as its
 * section 3.5 asks: bytes have exactly one text.
 */
final class Base64Text {
  private static final byte[] VALUES = values();

  private Base64Text() {}

  /** Bytes that the text stands for, or -1 if it is not Base64. */
  static int decodedLength(byte[] text, int start, int end) {
    int length = end - start;
    if (length % 4 != 0) {
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    int padding = text[end - 1] != '=' ? 0 : text[end - 2] != '=' ? 1 : 2;
    int last = end - padding;
    int combined = 0;
    for (int p = start; p < last; p++) {
      combined |= VALUES[text[p] & 0xFF];
    }
    int unusedBits = (1 << (2 * padding)) - 1;
    if (combined < 0 || (VALUES[text[last - 1] & 0xFF] & unusedBits) != 0) {
      return -1;
    }
    return length / 4 * 3 - padding;
  }

  private static byte[] values() {
    byte[] alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
            .getBytes(StandardCharsets.US_ASCII);
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < alphabet.length; i++) {
      values[alphabet[i]] = (byte) i;
    }
    return values;
  }
}
