// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuffmanCodeTest {

  @Test
  void theExampleOfTheRfc() {
    // RFC 1951, section 3.2.2: lengths (3, 3, 3, 3, 3, 2, 4, 4) of ABCDEFGH.
    HuffmanCode code = new HuffmanCode(8, 15);
    code.build(new int[] {10, 10, 10, 10, 10, 25, 5, 4});

    assertThat(code.lengths).containsExactly(3, 3, 3, 3, 3, 2, 4, 4);
    assertThat(bits(code, 0)).isEqualTo("010");
    assertThat(bits(code, 4)).isEqualTo("110");
    assertThat(bits(code, 5)).isEqualTo("00");
    assertThat(bits(code, 6)).isEqualTo("1110");
    assertThat(bits(code, 7)).isEqualTo("1111");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 19, 30, 286})
  void isAsShortAsHuffmansAlgorithmMakesIt(int symbols) {
    Random random = new Random(symbols);
    HuffmanCode code = new HuffmanCode(symbols, 15);
    for (int round = 0; round < 200; round++) {
      int[] counts = new int[symbols];
      for (int i = 0; i < symbols; i++) {
        counts[i] = random.nextInt(4) == 0 ? 0 : 30 + random.nextInt(1000);
      }
      counts[0] = 30;
      counts[1] = 70;
      code.build(counts);
      assertThat(code.bits(counts)).isEqualTo(huffmanBits(counts));
      assertComplete(code, 15);
    }
  }

  @ParameterizedTest
  @CsvSource({"286, 14, 1.01", "286, 15, 1.01", "30, 15, 1.01", "19, 7, 1.2"})
  void keepsItsLimitWhereCountsGrowLikeFibonacci(int symbols, int limit, double cost) {
    int[] counts = new int[symbols];
    int a = 1;
    int b = 1;
    for (int i = 0; i < Math.min(symbols, 26); i++) {
      counts[i] = a;
      b += a;
      a = b - a;
    }
    HuffmanCode code = new HuffmanCode(symbols, limit);
    code.build(counts);

    assertComplete(code, limit);
    assertThat(code.bits(counts)).isLessThan((long) (huffmanBits(counts) * cost));
  }

  @Test
  void keepsItsLimitWithRandomSkewedCounts() {
    Random random = new Random(14);
    HuffmanCode code = new HuffmanCode(286, 9);
    for (int round = 0; round < 2_000; round++) {
      int[] counts = new int[286];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = (int) Math.exp(random.nextDouble() * 14 * random.nextDouble());
      }
      code.build(counts);
      assertComplete(code, 9);
    }
  }

  @Test
  void oneSymbolOrNoneGetsACompleteCodeToo() {
    HuffmanCode code = new HuffmanCode(30, 15);
    code.build(new int[30]);
    assertComplete(code, 15);
    int[] counts = new int[30];
    counts[29] = 5;
    code.build(counts);
    assertComplete(code, 15);
    assertThat(code.lengths[29]).isEqualTo((byte) 1);
    assertThat(code.usedSymbols()).isEqualTo(30);
    counts[29] = 0;
    counts[0] = 5;
    code.build(counts);
    assertComplete(code, 15);
    assertThat(code.usedSymbols()).isEqualTo(2);
  }

  @Test
  void theFixedCodesAreThoseOfTheRfc() {
    HuffmanCode symbols = HuffmanCode.fixedSymbols();

    assertThat(bits(symbols, 0)).isEqualTo("00110000");
    assertThat(bits(symbols, 143)).isEqualTo("10111111");
    assertThat(bits(symbols, 144)).isEqualTo("110010000");
    assertThat(bits(symbols, 255)).isEqualTo("111111111");
    assertThat(bits(symbols, 256)).isEqualTo("0000000");
    assertThat(bits(symbols, 279)).isEqualTo("0010111");
    assertThat(bits(symbols, 280)).isEqualTo("11000000");
    assertThat(bits(HuffmanCode.fixedDistances(), 29)).isEqualTo("11101");
  }

  /** Every sequence of bits means something, and no code is longer than allowed. */
  private static void assertComplete(HuffmanCode code, int limit) {
    long taken = 0;
    for (byte length : code.lengths) {
      assertThat((int) length).isBetween(0, limit);
      taken += length == 0 ? 0 : 1L << (limit - length);
    }
    assertThat(taken).isEqualTo(1L << limit);
  }

  private static long huffmanBits(int[] counts) {
    PriorityQueue<Long> weights = new PriorityQueue<>();
    for (int count : counts) {
      if (count > 0) {
        weights.add((long) count);
      }
    }
    long bits = 0;
    while (weights.size() > 1) {
      long merged = weights.remove() + weights.remove();
      bits += merged;
      weights.add(merged);
    }
    return bits;
  }

  /** The code of a symbol, first bit first. */
  private static String bits(HuffmanCode code, int symbol) {
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < code.lengths[symbol]; i++) {
      bits.append((code.codes[symbol] >>> i) & 1);
    }
    return bits.toString();
  }
}
