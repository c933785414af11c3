// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class PercentConverterTest {
  private final PercentConverter converter = new PercentConverter();

  @ParameterizedTest
  @CsvSource({"5%, 5", "5, 5", "12.5 %, 12.5", "' 100% ', 100", "0.000001%, 0.000001"})
  void readsSharesWithAndWithoutASign(String text, double percent) {
    assertThat(converter.convert(text)).isEqualTo(percent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "%", "0", "0%", "100.1%", "-5%", "1e2", "5%%", "1,5%", ".5", "NaN", "half"})
  void refusesWhatIsNoShare(String text) {
    assertThatThrownBy(() -> converter.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is not a share such as 5%, above 0% and up to 100%");
  }
}
