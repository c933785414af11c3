// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

import java.util.Arrays;

/**
 * A block as the matcher cuts it: runs of literals, each followed by a copy, and a last run without
 * one. Literals stay where they are, in the text; only how often each occurs is counted here, as
 * Huffman codes need it.
 */
final class Sequences {
  /** A copy in one number: the distance less one, and above it the length less the shortest. */
  private static final int DISTANCE_BITS = 15;

  private static final int DISTANCE_MASK = (1 << DISTANCE_BITS) - 1;

  /** Literals before each copy. */
  final int[] runs;

  final int[] copies;

  /** How often each literal and each length's symbol occurs, the end of the block included. */
  final int[] symbolCounts = new int[Symbols.LITERALS_AND_LENGTHS];

  final int[] distanceCounts = new int[Symbols.DISTANCES];

  /** Number of copies. */
  int size;

  /** Literals after the last copy. */
  int lastRun;

  /**
   * @param textLength of the longest block
   */
  Sequences(int textLength) {
    // A copy of 259 to 261 bytes is two, but they are longer than two of the shortest.
    int capacity = textLength / Matcher.SHORTEST_COPY + 1;
    this.runs = new int[capacity];
    this.copies = new int[capacity];
  }

  void clear() {
    size = 0;
    lastRun = 0;
    Arrays.fill(symbolCounts, 0);
    Arrays.fill(distanceCounts, 0);
    symbolCounts[Symbols.END_OF_BLOCK] = 1;
  }

  /**
   * Adds a copy of any length; one that is longer than deflate allows becomes several.
   *
   * @param run literals before it, already counted
   * @param length at least {@link Symbols#MIN_LENGTH}
   * @param distance less one
   */
  void addCopy(int run, int length, int distance) {
    int distanceSymbol = Symbols.ofDistance(distance);
    int literals = run;
    int left = length;
    do {
      int part = left;
      if (left > Symbols.MAX_LENGTH) {
        part = Math.min(Symbols.MAX_LENGTH, left - Symbols.MIN_LENGTH);
      }
      runs[size] = literals;
      copies[size++] = ((part - Symbols.MIN_LENGTH) << DISTANCE_BITS) | distance;
      symbolCounts[Symbols.ofLength(part)]++;
      distanceCounts[distanceSymbol]++;
      literals = 0;
      left -= part;
    } while (left > 0);
  }

  /** The length of a copy less {@link Symbols#MIN_LENGTH}. */
  static int lengthIndex(int copy) {
    return copy >>> DISTANCE_BITS;
  }

  /** The distance of a copy less one. */
  static int distance(int copy) {
    return copy & DISTANCE_MASK;
  }
}
