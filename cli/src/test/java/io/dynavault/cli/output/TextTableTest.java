// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void alignsTextLeftAndNumbersRight() {
    TextTable table = TextTable.of("TABLE", ">ITEMS", "AGE");
    table.row("orders", "12,345", "3 h").row("customers", "7", "10 min");

    assertThat(table.lines())
        .containsExactly(
            "TABLE       ITEMS  AGE", //
            "orders     12,345  3 h",
            "customers       7  10 min");
  }

  @Test
  void escapesWhatIsInACell() {
    assertThat(TextTable.of("NAME").row("a\nb").lines()).containsExactly("NAME", "a\\u000ab");
  }

  @Test
  void refusesARowOfAnotherWidth() {
    assertThatThrownBy(() -> TextTable.of("A", "B").row("1"))
        .hasMessage("row has 1 cells, table has 2 columns");
  }
}
