// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1 kB",
    "1536, 1.54 kB",
    "12345, 12.3 kB",
    "123456, 123 kB",
    "999499, 999 kB",
    "999500, 1 MB",
    "1500000, 1.5 MB",
    "9223372036854775807, 9.22 EB"
  })
  void writesThreeDigitsAndAUnit(long bytes, String text) {
    assertThat(ByteSize.text(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10",
    "1kB, 1000",
    "1KB, 1000",
    "1 KiB, 1024",
    "64MB, 64000000",
    "1.5 GiB, 1610612736",
    "2T, 2000000000000",
    "7b, 7"
  })
  void readsDecimalAndBinaryUnits(String text, long bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
  }

  @Test
  void refusesWhatIsNoSize() {
    for (String text : new String[] {"", "MB", "1 XB", "-1", "1e3", "1,5MB", "1 MBit"}) {
      assertThatThrownBy(() -> ByteSize.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("it is not a size such as 64MB or 1GiB");
    }
    assertThatThrownBy(() -> ByteSize.parse("99999999999 TB")).hasMessage("it is too large");
  }
}
