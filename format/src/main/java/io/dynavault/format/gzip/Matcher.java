// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

/**
 * Finds copies: for two neighbouring positions at a time, the latest place with the same hash of 6
 * bytes, and the longer of the two copies wins.
 *
 * <p>Time goes where the processor guesses wrong, so what is a coin's toss in real data is computed
 * without a branch: which of the two positions has the copy, and where a copy of up to 24 bytes
 * ends.
 *
 * <p>A place is remembered by the low 16 bits of its index. What has that hash and those bits is at
 * most 65,536 bytes back, and is compared before it is used; so entries never have to be removed,
 * and a stream of any length needs no larger numbers.
 */
final class Matcher {
  /** The shortest copy made, but for the rest of one that is longer than deflate allows. */
  static final int SHORTEST_COPY = 4;

  /** Distance to which an index must be moved, or a multiple, for its entries to stay right. */
  static final int PERIOD = 1 << 16;

  /** 64 KiB of entries: half of them miss the first-level cache, all hit the second. */
  private static final int HASH_BITS = 15;

  /** Fewer find more copies that are not worth it. With 7, two hashes need a second load. */
  private static final int HASHED_BYTES = 6;

  /** An odd number whose bits look random, as multiplicative hashing wants. */
  private static final long MULTIPLIER = 0xcf1b_bcdc_b7a5_6463L;

  /** Bytes at the end of a block where nothing is looked for: all loads stay in the block. */
  private static final int LOOK_AHEAD = 16;

  /** After 2 to the power of this many literals, one more is skipped: noise is passed quickly. */
  private static final int PATIENCE = 8;

  /**
   * Then up to this many, and again none: where nothing is skipped, a copy of noise is found even
   * if every other search and every entry fell beside it.
   */
  private static final int MOST_SKIPPED = 15;

  private final char[] latest = new char[1 << HASH_BITS];

  /**
   * Cuts a block into literals and copies.
   *
   * @param text has at least {@link #PERIOD} bytes before {@code from}, of which the last 32 KiB,
   *     as far as there are any, are those that precede the block
   */
  void match(byte[] text, int from, int to, Sequences block) {
    block.clear();
    char[] latest = this.latest;
    int[] counts = block.symbolCounts;
    int runFrom = from;
    int position = from;
    int searchTo = to - LOOK_AHEAD;
    while (position < searchTo) {
      long bytes = LittleEndian.getLong(text, position);
      int hash = hash(bytes);
      int distance = (position - 1 - latest[hash]) & (PERIOD - 1);
      latest[hash] = (char) position;
      hash = hash(bytes >>> 8);
      int nextDistance = (position - latest[hash]) & (PERIOD - 1);
      latest[hash] = (char) (position + 1);
      long difference = bytes ^ LittleEndian.getLong(text, position - 1 - distance);
      long nextDifference = difference(text, position + 1, nextDistance);
      int equal = equalBits(difference, distance);
      int nextEqual = equalBits(nextDifference, nextDistance);
      if (Math.max(equal, nextEqual) < SHORTEST_COPY * Byte.SIZE) {
        position = passLiterals(text, position, runFrom, to, counts);
        continue;
      }
      boolean second = nextEqual > equal + Byte.SIZE;
      counts[(int) bytes & 0xff] += second ? 1 : 0;
      position += second ? 1 : 0;
      distance = second ? nextDistance : distance;
      int end = endOfCopy(text, position, distance, second ? nextDifference : difference, to);
      block.addCopy(position - runFrom, end - position, distance);
      if (end < searchTo) {
        latest[hash(LittleEndian.getLong(text, end - 1))] = (char) (end - 1);
      }
      position = end;
      runFrom = end;
    }
    countLiterals(text, position, to, counts);
    block.lastRun = to - runFrom;
  }

  /** Two literals, and those that are skipped. */
  private static int passLiterals(byte[] text, int position, int runFrom, int to, int[] counts) {
    counts[text[position] & 0xff]++;
    counts[text[position + 1] & 0xff]++;
    int skipped = ((position - runFrom) >>> PATIENCE) & MOST_SKIPPED;
    int end = Math.min(position + 2 + skipped, to);
    countLiterals(text, position + 2, end, counts);
    return end;
  }

  private static void countLiterals(byte[] text, int from, int to, int[] counts) {
    for (int i = from; i < to; i++) {
      counts[text[i] & 0xff]++;
    }
  }

  private static int hash(long bytes) {
    return (int)
        (((bytes << (Long.SIZE - HASHED_BYTES * Byte.SIZE)) * MULTIPLIER)
            >>> (Long.SIZE - HASH_BITS));
  }

  /** Zero where the 8 bytes at a position are those at the distance, which is given less one. */
  private static long difference(byte[] text, int position, int distance) {
    return LittleEndian.getLong(text, position)
        ^ LittleEndian.getLong(text, position - 1 - distance);
  }

  /** How many bits from the lowest are equal; none when it is too far. */
  private static int equalBits(long difference, int distance) {
    int near = (distance - Symbols.MAX_DISTANCE) >> (Integer.SIZE - 1);
    return Long.numberOfTrailingZeros(difference) & near;
  }

  private static int equalBytes(long difference) {
    return Long.numberOfTrailingZeros(difference) >>> 3;
  }

  /** Looks at 24 bytes at once, then on. */
  private static int endOfCopy(byte[] text, int position, int distance, long difference, int to) {
    if (position > to - 4 * Long.BYTES) {
      return extend(text, position, distance, to);
    }
    int first = equalBytes(difference);
    int second = equalBytes(difference(text, position + Long.BYTES, distance));
    int third = equalBytes(difference(text, position + 2 * Long.BYTES, distance));
    int length = first + ((second + (third & ifWhole(second))) & ifWhole(first));
    return length < 3 * Long.BYTES
        ? position + length
        : extend(text, position + length, distance, to);
  }

  /** All bits when all 8 bytes were equal, else none. */
  private static int ifWhole(int equalBytes) {
    return -(equalBytes >>> 3);
  }

  private static int extend(byte[] text, int from, int distance, int to) {
    int position = from;
    while (position <= to - Long.BYTES) {
      long difference = difference(text, position, distance);
      if (difference != 0) {
        return position + equalBytes(difference);
      }
      position += Long.BYTES;
    }
    while (position < to && text[position] == text[position - 1 - distance]) {
      position++;
    }
    return position;
  }
}
