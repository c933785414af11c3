// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

/**
 * Writes the literals and copies of a block with a pair of Huffman codes: the loop in which the
 * encoder spends a third of its time.
 *
 * <p>Codes are looked up as words: the bits to write, and above them how many. Bits leave for
 * memory once for four literals and once for a copy.
 */
final class SequenceWriter {
  /** Four codes of literals and 7 bits that are pending must fit into 63. */
  static final int LONGEST_CODE = 14;

  private static final int COUNT_SHIFT = 56;
  private static final long BITS = (1L << COUNT_SHIFT) - 1;

  private final long[] literals = new long[Symbols.END_OF_BLOCK];
  private final long[] lengths = new long[Symbols.MAX_LENGTH - Symbols.MIN_LENGTH + 1];
  private final long[] distances = new long[Symbols.DISTANCES];
  private long end;

  /** Takes the codes of the next block; that of symbols is at most {@link #LONGEST_CODE} long. */
  void use(HuffmanCode symbolCode, HuffmanCode distanceCode) {
    for (int i = 0; i < literals.length; i++) {
      literals[i] = word(symbolCode, i);
    }
    end = word(symbolCode, Symbols.END_OF_BLOCK);
    for (int i = 0; i < lengths.length; i++) {
      int length = i + Symbols.MIN_LENGTH;
      int symbol = Symbols.ofLength(length);
      long extra = word(Symbols.lengthExtra(length), Symbols.lengthExtraBits(symbol));
      lengths[i] = join(word(symbolCode, symbol), extra);
    }
    for (int i = 0; i < distances.length; i++) {
      distances[i] = word(distanceCode, i);
    }
  }

  /** Writes a block and its end. */
  void write(byte[] text, int from, Sequences block, BitOutput out) {
    int position = writeSequences(text, from, block, out);
    for (int i = 0; i < block.lastRun; i++) {
      long word = literals[text[position + i] & 0xff];
      out.put((int) word, count(word));
    }
    out.put((int) end, count(end));
  }

  /** The output's state is kept in variables here: fields would go through memory each time. */
  private int writeSequences(byte[] text, int from, Sequences block, BitOutput out) {
    long[] literals = this.literals;
    byte[] target = out.bytes();
    long pending = out.pending();
    int bits = out.pendingBits();
    int size = out.size();
    int position = from;
    for (int i = 0; i < block.size; i++) {
      int run = block.runs[i];
      for (; run >= 4; run -= 4) {
        for (int k = 0; k < 4; k++) {
          long word = literals[text[position++] & 0xff];
          pending |= (word & BITS) << bits;
          bits += count(word);
        }
        LittleEndian.putLong(target, size, pending);
        size += bits >>> 3;
        pending >>>= bits & ~7;
        bits &= 7;
      }
      for (; run > 0; run--) {
        long word = literals[text[position++] & 0xff];
        pending |= (word & BITS) << bits;
        bits += count(word);
      }
      LittleEndian.putLong(target, size, pending);
      size += bits >>> 3;
      pending >>>= bits & ~7;
      bits &= 7;
      long word = copyWord(block.copies[i]);
      pending |= (word & BITS) << bits;
      bits += count(word);
      LittleEndian.putLong(target, size, pending);
      size += bits >>> 3;
      pending >>>= bits & ~7;
      bits &= 7;
      position += Sequences.lengthIndex(block.copies[i]) + Symbols.MIN_LENGTH;
    }
    out.proceed(size, pending, bits);
    return position;
  }

  /** At most 14 + 5 bits of the length and 15 + 13 of the distance. */
  private long copyWord(int copy) {
    int distance = Sequences.distance(copy);
    int symbol = Symbols.ofDistance(distance);
    int extraBits = Symbols.distanceExtraBits(symbol);
    long extra = word(distance & ((1 << extraBits) - 1), extraBits);
    return join(lengths[Sequences.lengthIndex(copy)], join(distances[symbol], extra));
  }

  private static long word(HuffmanCode code, int symbol) {
    return word(code.codes[symbol], code.lengths[symbol]);
  }

  private static long word(int bits, int count) {
    return bits | ((long) count << COUNT_SHIFT);
  }

  private static int count(long word) {
    return (int) (word >>> COUNT_SHIFT);
  }

  private static long join(long first, long second) {
    return (first + (second & ~BITS)) | ((second & BITS) << count(first));
  }
}
