// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

/**
 * Writes a block in the shortest of deflate's three ways (RFC 1951, section 3.2.3). Their sizes are
 * known before a bit is written, so the output never needs more room than the block as it is.
 */
final class BlockWriter {
  /** Bytes in a stored block. */
  static final int LONGEST_STORED = 65_535;

  private static final int TYPE_BITS = 3;
  private static final int LAST = 1;
  private static final int STORED = 0 << 1;
  private static final int FIXED = 1 << 1;
  private static final int DYNAMIC = 2 << 1;

  private final HuffmanCode symbolCode =
      new HuffmanCode(Symbols.LITERALS_AND_LENGTHS, SequenceWriter.LONGEST_CODE);
  private final HuffmanCode distanceCode = new HuffmanCode(Symbols.DISTANCES, 15);
  private final HuffmanCode fixedSymbols = HuffmanCode.fixedSymbols();
  private final HuffmanCode fixedDistances = HuffmanCode.fixedDistances();
  private final DynamicHeader header = new DynamicHeader();
  private final SequenceWriter sequenceWriter = new SequenceWriter();

  /** Writes the block that {@code block} describes. */
  void write(byte[] text, int from, int to, boolean last, Sequences block, BitOutput out) {
    symbolCode.build(block.symbolCounts);
    distanceCode.build(block.distanceCounts);
    header.build(symbolCode, distanceCode);
    long dynamic = header.bits() + bits(symbolCode, distanceCode, block);
    long fixed = bits(fixedSymbols, fixedDistances, block);
    int mark = last ? LAST : 0;
    if (storedBits(to - from, out) <= Math.min(dynamic, fixed)) {
      writeStored(text, from, to, mark, out);
    } else if (fixed <= dynamic) {
      out.put(FIXED | mark, TYPE_BITS);
      sequenceWriter.use(fixedSymbols, fixedDistances);
      sequenceWriter.write(text, from, block, out);
    } else {
      out.put(DYNAMIC | mark, TYPE_BITS);
      header.write(out);
      sequenceWriter.use(symbolCode, distanceCode);
      sequenceWriter.write(text, from, block, out);
    }
  }

  private static long bits(HuffmanCode symbols, HuffmanCode distances, Sequences block) {
    long bits = TYPE_BITS + symbols.bits(block.symbolCounts) + distances.bits(block.distanceCounts);
    for (int i = Symbols.END_OF_BLOCK + 1; i < Symbols.LITERALS_AND_LENGTHS; i++) {
      bits += (long) block.symbolCounts[i] * Symbols.lengthExtraBits(i);
    }
    for (int i = 0; i < Symbols.DISTANCES; i++) {
      bits += (long) block.distanceCounts[i] * Symbols.distanceExtraBits(i);
    }
    return bits;
  }

  private static long storedBits(int length, BitOutput out) {
    int more = Math.max(length - 1, 0) / LONGEST_STORED;
    int padding = -(out.pendingBits() + TYPE_BITS) & 7;
    return TYPE_BITS + padding + 4 * 8 + more * 5L * 8 + length * 8L;
  }

  private static void writeStored(byte[] text, int from, int to, int mark, BitOutput out) {
    int offset = from;
    do {
      int length = Math.min(LONGEST_STORED, to - offset);
      boolean ending = offset + length == to;
      out.put(STORED | (ending ? mark : 0), TYPE_BITS);
      out.align();
      out.put(length | (~length << 16), Integer.SIZE);
      out.putBytes(text, offset, length);
      offset += length;
    } while (offset < to);
  }
}
