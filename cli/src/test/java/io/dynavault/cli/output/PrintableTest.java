// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void keepsOrdinaryTextOfAllScripts() {
    String text = "Bücher 本 \uD83D\uDE00 a-b_c.d 'x'";

    assertThat(Printable.escape(text)).isSameAs(text);
  }

  @Test
  void escapesWhatCouldForgeALineOrDriveATerminal() {
    assertThat(Printable.escape("a\r\nb")).isEqualTo("a\\u000d\\u000ab");
    assertThat(Printable.escape("\u001b[31m")).isEqualTo("\\u001b[31m");
    assertThat(Printable.escape("\u202Etxt")).isEqualTo("\\u202etxt");
    assertThat(Printable.escape("\u2028\u2029\u0085")).isEqualTo("\\u2028\\u2029\\u0085");
    assertThat(Printable.escape("x\uD800y")).isEqualTo("x\\ud800y");
  }
}
