// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

import java.util.Arrays;

/**
 * How a block tells the decoder its two codes: as the lengths of all codes, runs of equal ones
 * shortened, themselves Huffman coded (RFC 1951, section 3.2.7).
 */
final class DynamicHeader {
  /** Symbols of the alphabet of lengths; those below are lengths themselves. */
  private static final int REPEAT = 16;

  private static final int ZEROS = 17;
  private static final int MANY_ZEROS = 18;
  private static final int ALPHABET = 19;
  private static final int LONGEST_CODE = 7;

  /** The order in which the alphabet's own lengths are told: those often 0 last. */
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private final byte[] lengths = new byte[Symbols.LITERALS_AND_LENGTHS + Symbols.DISTANCES];

  /** Symbols with, above 8 bits, what follows them. */
  private final int[] runs = new int[lengths.length];

  private final int[] counts = new int[ALPHABET];
  private final HuffmanCode code = new HuffmanCode(ALPHABET, LONGEST_CODE);
  private int size;
  private int symbols;
  private int distances;
  private int toldLengths;

  /** Takes the codes of the next block. */
  void build(HuffmanCode symbolCode, HuffmanCode distanceCode) {
    symbols = Math.max(symbolCode.usedSymbols(), Symbols.END_OF_BLOCK + 1);
    distances = distanceCode.usedSymbols();
    System.arraycopy(symbolCode.lengths, 0, lengths, 0, symbols);
    System.arraycopy(distanceCode.lengths, 0, lengths, symbols, distances);
    encodeRuns(symbols + distances);
    code.build(counts);
    toldLengths = ALPHABET;
    while (toldLengths > 4 && code.lengths[ORDER[toldLengths - 1]] == 0) {
      toldLengths--;
    }
  }

  /** Bits that {@link #write} will write. */
  long bits() {
    long bits = 5 + 5 + 4 + 3L * toldLengths + code.bits(counts);
    for (int i = REPEAT; i <= MANY_ZEROS; i++) {
      bits += (long) counts[i] * extraBits(i);
    }
    return bits;
  }

  void write(BitOutput out) {
    out.put(symbols - 257, 5);
    out.put(distances - 1, 5);
    out.put(toldLengths - 4, 4);
    for (int i = 0; i < toldLengths; i++) {
      out.put(code.lengths[ORDER[i]], 3);
    }
    for (int i = 0; i < size; i++) {
      int symbol = runs[i] & 0xff;
      out.put(code.codes[symbol], code.lengths[symbol]);
      out.put(runs[i] >>> 8, extraBits(symbol));
    }
  }

  private static int extraBits(int symbol) {
    return switch (symbol) {
      case REPEAT -> 2;
      case ZEROS -> 3;
      case MANY_ZEROS -> 7;
      default -> 0;
    };
  }

  private void encodeRuns(int count) {
    Arrays.fill(counts, 0);
    size = 0;
    int i = 0;
    while (i < count) {
      int length = lengths[i];
      int run = 1;
      while (i + run < count && lengths[i + run] == length) {
        run++;
      }
      i += run;
      if (length == 0) {
        addZeros(run);
      } else {
        add(length, 0);
        addRepeats(length, run - 1);
      }
    }
  }

  private void addZeros(int run) {
    int left = run;
    while (left >= 3) {
      int part = Math.min(left, 138);
      if (part <= 10) {
        add(ZEROS, part - 3);
      } else {
        add(MANY_ZEROS, part - 11);
      }
      left -= part;
    }
    for (; left > 0; left--) {
      add(0, 0);
    }
  }

  private void addRepeats(int length, int run) {
    int left = run;
    while (left >= 3) {
      int part = Math.min(left, 6);
      add(REPEAT, part - 3);
      left -= part;
    }
    for (; left > 0; left--) {
      add(length, 0);
    }
  }

  private void add(int symbol, int extra) {
    runs[size++] = symbol | (extra << 8);
    counts[symbol]++;
  }
}
