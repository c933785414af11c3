// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeyScanTest {
  private static final String BIG = "9".repeat(38) + "E87";

  private final KeyScan composite =
      new KeyScan(
          KeySchema.of(new KeyAttribute("pk", ScalarType.S), new KeyAttribute("sk", ScalarType.N)));
  private final KeyScan binary = new KeyScan(KeySchema.of(new KeyAttribute("id", ScalarType.B)));
  private final KeyScan number = new KeyScan(KeySchema.of(new KeyAttribute("n", ScalarType.N)));

  @Test
  void hasTypeLengthAndValueOfBothKeysInTheirOrder() {
    byte[] expected = {'S', 0, 0, 0, 2, 'a', '\n', 'N', 0, 0, 0, 1, '7'};

    assertThat(
            read(
                composite,
                "{\"m\":{\"M\":{\"pk\":{\"S\":\"not"
                    + " this\"}}},\"sk\":{\"N\":\"7.0\"},\"pk\":{\"S\":\"a\\n"
                    + "\"}}"))
        .isEqualTo(expected);
  }

  @Test
  void isTheSameForTheKeyAlone() {
    assertThat(read(composite, "{\"sk\":{\"N\":\"1E2\"},\"pk\":{\"S\":\"é\"}}"))
        .isEqualTo(
            read(
                composite,
                "{\"pk\":{\"S\":\"\\u00e9\"},\"x\":{\"L\":[]},\"sk\":{\"N\":\"100\"},\"y\":{\"S\":\"\"}}"));
  }

  @Test
  void binaryKeysAreTheirBytes() {
    assertThat(read(binary, "{\"\\u0069d\":{\"B\":\"AAE\\u003d\"}}"))
        .isEqualTo(new byte[] {'B', 0, 0, 0, 2, 0, 1});
  }

  @Test
  void longNumbersHaveRoom() {
    byte[] expected = ("-" + "9".repeat(38) + "0".repeat(87)).getBytes(UTF_8);

    byte[] key = read(number, "{\"n\":{\"N\":\"-" + BIG + "\"}}");

    assertThat(ByteBuffer.wrap(key).getInt(1)).isEqualTo(expected.length);
    assertThat(Arrays.copyOfRange(key, 5, key.length)).isEqualTo(expected);
  }

  @Test
  void longTextHasRoom() {
    String text = "x".repeat(2000);

    assertThat(new String(read(composite, item(text, "1")), 5, 2000, UTF_8)).isEqualTo(text);
    assertThat(read(composite, item("y", "1"))).hasSize(12);
  }

  /** Whatever the parts, their boundary is where it is. */
  @Test
  void partsDoNotRunIntoEachOther() {
    KeyScan texts =
        new KeyScan(
            KeySchema.of(
                new KeyAttribute("pk", ScalarType.S), new KeyAttribute("sk", ScalarType.S)));

    assertThat(read(texts, "{\"pk\":{\"S\":\"ab\"},\"sk\":{\"S\":\"c\"}}"))
        .isNotEqualTo(read(texts, "{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"bc\"}}"));
  }

  @Test
  void refusesItemsWithoutTheKey() {
    assertThatThrownBy(() -> read(composite, "{\"pk\":{\"S\":\"a\"}}"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("'sk'")
        .hasMessageContaining("missing");
    assertThatThrownBy(() -> read(composite, "{}")).hasMessageContaining("'pk'");
    assertThatThrownBy(() -> read(composite, "{\"pk\":{\"N\":\"1\"}}"))
        .hasMessageContaining("is not of type S");
    assertThatThrownBy(() -> read(composite, "{\"pk\":{\"S\":\"\"}}"))
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> read(composite, item("a", "1x"))).hasMessageContaining("not a number");
    assertThatThrownBy(() -> read(binary, "{\"id\":{\"B\":\"A\"}}"))
        .hasMessageContaining("is not Base64");
  }

  private static String item(String pk, String sk) {
    return "{\"pk\":{\"S\":\"%s\"},\"sk\":{\"N\":\"%s\"}}".formatted(pk, sk);
  }

  private static byte[] read(KeyScan keys, String item) {
    byte[] bytes = ("__" + item + "__").getBytes(UTF_8);
    keys.read(bytes, 2, bytes.length - 4);
    return Arrays.copyOf(keys.bytes(), keys.length());
  }
}
