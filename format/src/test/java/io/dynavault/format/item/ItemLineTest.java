// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemLineTest {
  private final ItemLine line = new ItemLine();

  @Test
  void findsTheItem() {
    byte[] bytes = "xx{\"Item\":{\"pk\":{\"S\":\"}\"}}}\r\nyy".getBytes(UTF_8);
    line.parse(bytes, 2, bytes.length - 4);
    assertThat(new String(bytes, line.itemOffset(), line.itemLength(), UTF_8))
        .isEqualTo("{\"pk\":{\"S\":\"}\"}}");
    assertThat(line.itemSize()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"item\":{}}",
        "{\"Item\":{}}{\"Item\":{}}",
        "{\"Item\":{},\"Keys\":{}}",
        "{\"Keys\":{},\"Item\":{}}",
        "{\"Item\":null}",
        "{\"Item\":{\"a\":1}}",
        "{\"Item\":{}"
      })
  void refusesAnythingElse(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    assertThatThrownBy(() -> line.parse(bytes, 0, bytes.length))
        .isInstanceOf(FormatException.class);
  }
}
