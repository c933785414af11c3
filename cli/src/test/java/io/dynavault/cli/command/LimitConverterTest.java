// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class LimitConverterTest {
  @Test
  void readsWholeNumbersFromOne() {
    assertThat(new LimitConverter().convert("1")).isEqualTo(1);
    assertThat(new LimitConverter().convert("9000000000")).isEqualTo(9_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "", "ten", "1.5", "10000000000000000000"})
  void refusesAllElse(String text) {
    assertThatThrownBy(() -> new LimitConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is not a whole number from 1");
  }
}
