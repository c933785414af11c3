// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of the tables in RFC 1951, section 3.2.5. */
class SymbolsTest {

  @ParameterizedTest
  @CsvSource({
    "3, 257, 0, 0",
    "10, 264, 0, 0",
    "11, 265, 1, 0",
    "12, 265, 1, 1",
    "18, 268, 1, 1",
    "19, 269, 2, 0",
    "66, 276, 3, 7",
    "67, 277, 4, 0",
    "131, 281, 5, 0",
    "226, 283, 5, 31",
    "227, 284, 5, 0",
    "257, 284, 5, 30",
    "258, 285, 0, 0"
  })
  void lengths(int length, int symbol, int extraBits, int extra) {
    assertThat(Symbols.ofLength(length)).isEqualTo(symbol);
    assertThat(Symbols.lengthExtraBits(symbol)).isEqualTo(extraBits);
    assertThat(Symbols.lengthExtra(length)).isEqualTo(extra);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 0",
    "4, 3, 0, 0",
    "5, 4, 1, 0",
    "6, 4, 1, 1",
    "9, 6, 2, 0",
    "24, 8, 3, 7",
    "25, 9, 3, 0",
    "256, 15, 6, 63",
    "257, 16, 7, 0",
    "16384, 27, 12, 4095",
    "16385, 28, 13, 0",
    "32768, 29, 13, 8191"
  })
  void distances(int distance, int symbol, int extraBits, int extra) {
    assertThat(Symbols.ofDistance(distance - 1)).isEqualTo(symbol);
    assertThat(Symbols.distanceExtraBits(symbol)).isEqualTo(extraBits);
    assertThat((distance - 1) & ((1 << extraBits) - 1)).isEqualTo(extra);
  }

  @Test
  void literalsHaveNoExtraBits() {
    assertThat(Symbols.lengthExtraBits(0)).isZero();
    assertThat(Symbols.lengthExtraBits(Symbols.END_OF_BLOCK)).isZero();
  }
}
