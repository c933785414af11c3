// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.layout;

import java.util.random.RandomGenerator;

/**
 * Names of data files as AWS gives them: 128 random bits as 26 characters of lower-case Base32
 * without padding (RFC 4648), and a suffix.
 */
public final class DataFileName {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int BITS = 128;

  private DataFileName() {}

  /** A new name with a suffix such as {@code .json.gz}. */
  public static String create(RandomGenerator random, String suffix) {
    return encode(random.nextLong(), random.nextLong()) + suffix;
  }

  static String encode(long high, long low) {
    StringBuilder name = new StringBuilder(26);
    for (int bit = 0; bit < BITS; bit += 5) {
      int index = 0;
      for (int i = bit; i < bit + 5; i++) {
        index = index << 1 | bit(high, low, i);
      }
      name.append(ALPHABET.charAt(index));
    }
    return name.toString();
  }

  /** Bit i counted from the most significant; the two beyond the end are zero. */
  private static int bit(long high, long low, int i) {
    if (i >= BITS) {
      return 0;
    }
    long half = i < Long.SIZE ? high : low;
    return (int) (half >>> (Long.SIZE - 1 - i % Long.SIZE)) & 1;
  }
}
