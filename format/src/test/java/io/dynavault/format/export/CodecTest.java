// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "gzip:1", "gzip:9", "zstd", "zstd:19", "none"})
  void isReadAsItIsWritten(String text) {
    assertThat(Codec.parse(text)).hasToString(text);
  }

  @Test
  void blanksAndCaseDoNotMatter() {
    assertThat(Codec.parse(" GZIP:6 ")).isEqualTo(Codec.of(Compression.GZIP, 6));
    assertThat(Codec.parse("Zstd")).isEqualTo(Codec.of(Compression.ZSTD));
  }

  @ParameterizedTest
  @CsvSource({
    "rar, 'it is not one of gzip, zstd, none'",
    "'', 'it is not one of gzip, zstd, none'",
    ":6, 'it is not one of gzip, zstd, none'",
    "gzip:, its level is not a whole number",
    "gzip:fast, its level is not a whole number",
    "gzip:-1, its level is not a whole number",
    "gzip:0, level 0 of gzip is not between 1 and 9",
    "gzip:10, level 10 of gzip is not between 1 and 9",
    "zstd:20, level 20 of zstd is not between 1 and 19",
    "none:1, none has no levels"
  })
  void refusesWhatItDoesNotKnow(String text, String reason) {
    assertThatIllegalArgumentException().isThrownBy(() -> Codec.parse(text)).withMessage(reason);
  }
}
