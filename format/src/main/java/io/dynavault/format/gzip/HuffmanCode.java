// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

import java.util.Arrays;

/**
 * A canonical Huffman code of bounded length, made anew for each block (RFC 1951, section 3.2.2).
 *
 * <p>Lengths come from Moffat's and Katajainen's in-place algorithm ("In-place calculation of
 * minimum-redundancy codes", 1995). Where it makes codes longer than allowed, which takes counts
 * that grow like Fibonacci's numbers, these are cut and the code is made complete again at little
 * cost in size.
 */
final class HuffmanCode {
  private static final int MAX_LENGTH = 15;
  private static final int SYMBOL_BITS = 9;
  private static final int SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;

  /** By symbol: bits of its code, 0 when it does not occur. */
  final byte[] lengths;

  /** By symbol: its code, first bit lowest. */
  final int[] codes;

  private final int limit;

  /** Symbols that occur, each below its count, rarest first. */
  private final long[] sorted;

  private final int[] tree;
  private final int[] lengthCounts = new int[MAX_LENGTH + 1];
  private final int[] nextCodes = new int[MAX_LENGTH + 1];

  /**
   * @param symbols size of the alphabet
   * @param limit of a code's length
   */
  HuffmanCode(int symbols, int limit) {
    this.lengths = new byte[symbols];
    this.codes = new int[symbols];
    this.sorted = new long[symbols];
    this.tree = new int[symbols];
    this.limit = limit;
  }

  /** The fixed code of literals and lengths (RFC 1951, section 3.2.6). */
  static HuffmanCode fixedSymbols() {
    HuffmanCode code = new HuffmanCode(288, 9);
    Arrays.fill(code.lengths, 0, 144, (byte) 8);
    Arrays.fill(code.lengths, 144, 256, (byte) 9);
    Arrays.fill(code.lengths, 256, 280, (byte) 7);
    Arrays.fill(code.lengths, 280, 288, (byte) 8);
    code.assignCodes();
    return code;
  }

  /** The fixed code of distances. */
  static HuffmanCode fixedDistances() {
    HuffmanCode code = new HuffmanCode(32, 5);
    Arrays.fill(code.lengths, (byte) 5);
    code.assignCodes();
    return code;
  }

  /** Makes the code for these counts; at least two symbols get one, as some decoders want. */
  void build(int[] counts) {
    Arrays.fill(lengths, (byte) 0);
    int used = sort(counts);
    if (used < 2) {
      int only = used == 0 ? 0 : (int) sorted[0] & SYMBOL_MASK;
      lengths[only] = 1;
      lengths[only == 0 ? 1 : 0] = 1;
    } else {
      computeDepths(used);
      boundLengths(used);
    }
    assignCodes();
  }

  /** Bits that symbols of these counts take, without extra bits. */
  long bits(int[] counts) {
    long bits = 0;
    for (int i = 0; i < counts.length; i++) {
      bits += (long) counts[i] * lengths[i];
    }
    return bits;
  }

  /** How many symbols a header must tell: up to the last that occurs. */
  int usedSymbols() {
    int used = lengths.length;
    while (lengths[used - 1] == 0) {
      used--;
    }
    return used;
  }

  private int sort(int[] counts) {
    int used = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      if (counts[symbol] > 0) {
        sorted[used++] = ((long) counts[symbol] << SYMBOL_BITS) | symbol;
      }
    }
    Arrays.sort(sorted, 0, used);
    return used;
  }

  /** Leaves the depth of the i-th rarest symbol in {@code tree[i]}. */
  private void computeDepths(int used) {
    int[] tree = this.tree;
    for (int i = 0; i < used; i++) {
      tree[i] = (int) (sorted[i] >>> SYMBOL_BITS);
    }
    mergeToParents(used);
    tree[used - 2] = 0;
    for (int node = used - 3; node >= 0; node--) {
      tree[node] = tree[tree[node]] + 1;
    }
    nodeDepthsToLeafDepths(used);
  }

  /** Weights become indexes of parents: leaves are consumed from the left, nodes made behind. */
  private void mergeToParents(int used) {
    int[] tree = this.tree;
    int root = 0;
    int leaf = 0;
    for (int next = 0; next < used - 1; next++) {
      if (leaf >= used || (root < next && tree[root] < tree[leaf])) {
        tree[next] = tree[root];
        tree[root++] = next;
      } else {
        tree[next] = tree[leaf++];
      }
      if (leaf >= used || (root < next && tree[root] < tree[leaf])) {
        tree[next] += tree[root];
        tree[root++] = next;
      } else {
        tree[next] += tree[leaf++];
      }
    }
  }

  private void nodeDepthsToLeafDepths(int used) {
    int available = 1;
    int depth = 0;
    int node = used - 2;
    int leaf = used - 1;
    while (available > 0) {
      int inner = 0;
      while (node >= 0 && tree[node] == depth) {
        inner++;
        node--;
      }
      for (int i = inner; i < available; i++) {
        tree[leaf--] = depth;
      }
      available = 2 * inner;
      depth++;
    }
  }

  private void boundLengths(int used) {
    Arrays.fill(lengthCounts, 0);
    int full = 1 << limit;
    int taken = 0;
    for (int i = 0; i < used; i++) {
      int length = Math.min(tree[i], limit);
      lengthCounts[length]++;
      taken += full >>> length;
    }
    while (taken > full) {
      taken -= makeRoom();
    }
    int next = used;
    for (int length = 1; length <= limit; length++) {
      for (int i = 0; i < lengthCounts[length]; i++) {
        lengths[(int) sorted[--next] & SYMBOL_MASK] = (byte) length;
      }
    }
  }

  /** A code shorter than the limit is made longer by one, and one at the limit moves beside it. */
  private int makeRoom() {
    int length = limit - 1;
    while (lengthCounts[length] == 0) {
      length--;
    }
    lengthCounts[length]--;
    lengthCounts[length + 1] += 2;
    lengthCounts[limit]--;
    return 1;
  }

  private void assignCodes() {
    Arrays.fill(lengthCounts, 0);
    for (byte length : lengths) {
      lengthCounts[length]++;
    }
    int code = 0;
    lengthCounts[0] = 0;
    for (int length = 1; length <= MAX_LENGTH; length++) {
      code = (code + lengthCounts[length - 1]) << 1;
      nextCodes[length] = code;
    }
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      int length = lengths[symbol];
      if (length > 0) {
        codes[symbol] = Integer.reverse(nextCodes[length]++) >>> (32 - length);
      }
    }
  }
}
