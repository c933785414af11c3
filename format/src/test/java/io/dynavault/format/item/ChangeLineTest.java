// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeLineTest {
  private final ChangeLine line = new ChangeLine();

  @Test
  void findsKeyImagesAndTime() {
    String text =
        """
        {"Metadata":{"WriteTimestampMicros":{"N":"1767325811000001"}},"Keys":{"pk":{"S":"a"}},\
        "OldImage":{"pk":{"S":"a"},"n":{"N":"1"}},"NewImage":{"pk":{"S":"a"},"n":{"N":"12"}}}
        """;
    byte[] bytes = ("xx" + text).getBytes(UTF_8);

    line.parse(bytes, 2, bytes.length - 2);

    assertThat(text(bytes, line.keys())).isEqualTo("{\"pk\":{\"S\":\"a\"}}");
    assertThat(text(bytes, line.oldImage()))
        .isEqualTo("{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}");
    assertThat(text(bytes, line.newImage()))
        .isEqualTo("{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"12\"}}");
    assertThat(line.writeMicros()).isEqualTo(1767325811000001L);
  }

  @Test
  void aDeletionHasNoNewImage() {
    parse("{\"Keys\":{\"pk\":{\"S\":\"a\"}},\"OldImage\":{\"pk\":{\"S\":\"a\"}}}");
    assertThat(line.newImage()).isNull();
    parse("{\"Keys\":{\"pk\":{\"S\":\"a\"}}}");
    assertThat(line.newImage()).isNull();
    assertThat(line.oldImage()).isNull();
    assertThat(line.writeMicros()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"WriteTimestampMicros\":{\"N\":\"42\"}}",
        "{\"WriteTimestampMicros\":\"42\"}",
        "{\"WriteTimestampMicros\":42}",
        "{\"Later\":[1],\"WriteTimestampMicros\" : { \"N\" : \"42\" } }"
      })
  void readsTheTimeInEveryForm(String metadata) {
    parse(
        "{\"NewField\":{\"x\":[1,2]},\"Keys\":{\"pk\":{\"S\":\"a\"}},\"Metadata\":"
            + metadata
            + "}");
    assertThat(line.writeMicros()).isEqualTo(42);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"Item\":{}}",
        "{\"Keys\":null}",
        "{\"NewImage\":{}}",
        "{\"Keys\":{}}{\"Keys\":{}}",
        "{\"Keys\":{},\"Keys\":{}}",
        "{\"Keys\":{},\"NewImage\":{\"a\":1}}",
        "{\"Keys\":{},\"NewImage\":{},\"NewImage\":{}}",
        "{\"Keys\":{},\"Metadata\":{\"WriteTimestampMicros\":{\"S\":\"1\"}}}",
        "{\"Keys\":{},\"Metadata\":{\"WriteTimestampMicros\":\"soon\"}}",
        "{\"Keys\":{},\"Metadata\":{\"WriteTimestampMicros\":-1}}",
        "{\"Keys\":{}"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(FormatException.class);
  }

  private void parse(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    line.parse(bytes, 0, bytes.length);
  }

  private static String text(byte[] bytes, ChangeLine.@Nullable Slice slice) {
    assertThat(slice).isNotNull();
    return new String(bytes, slice.offset(), slice.length(), UTF_8);
  }
}
