// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

/** The alphabets of deflate: how lengths and distances of copies become symbols and extra bits. */
final class Symbols {
  static final int END_OF_BLOCK = 256;
  static final int LITERALS_AND_LENGTHS = 286;
  static final int DISTANCES = 30;
  static final int MIN_LENGTH = 3;
  static final int MAX_LENGTH = 258;
  static final int MAX_DISTANCE = 32_768;

  /** By length - {@link #MIN_LENGTH}: the symbol of the length. */
  private static final short[] LENGTH_SYMBOL = new short[MAX_LENGTH - MIN_LENGTH + 1];

  /** By symbol - 257: the first of its lengths, and the number of extra bits. */
  private static final int[] LENGTH_BASE = new int[LITERALS_AND_LENGTHS - END_OF_BLOCK - 1];

  private static final int[] LENGTH_EXTRA_BITS = new int[LENGTH_BASE.length];

  static {
    int length = MIN_LENGTH;
    for (int i = 0; i < LENGTH_BASE.length; i++) {
      boolean last = i == LENGTH_BASE.length - 1;
      LENGTH_BASE[i] = last ? MAX_LENGTH : length;
      LENGTH_EXTRA_BITS[i] = i < 8 || last ? 0 : (i - 4) >> 2;
      for (int k = 0; k < 1 << LENGTH_EXTRA_BITS[i]; k++) {
        LENGTH_SYMBOL[LENGTH_BASE[i] + k - MIN_LENGTH] = (short) (END_OF_BLOCK + 1 + i);
      }
      length += 1 << LENGTH_EXTRA_BITS[i];
    }
  }

  private Symbols() {}

  /** The symbol of a length from 3 to 258. */
  static int ofLength(int length) {
    return LENGTH_SYMBOL[length - MIN_LENGTH];
  }

  /** The number that the extra bits of a length hold. */
  static int lengthExtra(int length) {
    return length - LENGTH_BASE[ofLength(length) - END_OF_BLOCK - 1];
  }

  /** How many extra bits follow a symbol of the alphabet of literals and lengths. */
  static int lengthExtraBits(int symbol) {
    return symbol <= END_OF_BLOCK ? 0 : LENGTH_EXTRA_BITS[symbol - END_OF_BLOCK - 1];
  }

  /** The symbol of a distance, given less one: from 0 to 32,767. */
  static int ofDistance(int distanceLessOne) {
    if (distanceLessOne < 4) {
      return distanceLessOne;
    }
    int magnitude = 31 - Integer.numberOfLeadingZeros(distanceLessOne);
    return 2 * magnitude + ((distanceLessOne >>> (magnitude - 1)) & 1);
  }

  /** How many extra bits follow a distance's symbol: the lowest of the distance less one. */
  static int distanceExtraBits(int symbol) {
    return symbol < 4 ? 0 : (symbol >>> 1) - 1;
  }
}
