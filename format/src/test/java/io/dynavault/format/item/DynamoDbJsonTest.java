// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoDbJsonTest {
  @Test
  void decodesEveryType() {
    Item item =
        decode(
            """
            {"s":{"S":"é😀"},"n":{"N":"-1.50E+3"},"b":{"B":"AAEC"},"t":{"BOOL":true},\
            "f":{"BOOL":false},"z":{"NULL":true},"l":{"L":[{"N":"1"},{"L":[]}]},\
            "m":{"M":{"k":{"B":""},"e":{"M":{}}}},"ss":{"SS":["","a"]},"ns":{"NS":["1","2.5"]},\
            "bs":{"BS":["AAE=","qg=="]}}\
            """);

    assertThat(item.attributes())
        .containsEntry("s", new Value.S("é😀"))
        .containsEntry("n", new Value.N("-1.50E+3"))
        .containsEntry("b", new Value.B(new byte[] {0, 1, 2}))
        .containsEntry("t", new Value.BOOL(true))
        .containsEntry("f", new Value.BOOL(false))
        .containsEntry("z", new Value.NULL())
        .containsEntry("l", new Value.L(List.of(new Value.N("1"), new Value.L(List.of()))))
        .containsEntry(
            "m", new Value.M(Map.of("k", new Value.B(new byte[0]), "e", new Value.M(Map.of()))))
        .containsEntry("ss", new Value.SS(List.of("", "a")))
        .containsEntry("ns", new Value.NS(List.of("1", "2.5")))
        .containsEntry(
            "bs",
            new Value.BS(
                List.of(new Value.B(new byte[] {0, 1}), new Value.B(new byte[] {(byte) 0xAA}))))
        .hasSize(11);
  }

  @Test
  void escapesOnlyWhatMustBeEscaped() {
    Item item = new Item(Map.of("a", new Value.S("\"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028é😀")));
    assertThat(new String(DynamoDbJson.encode(item), UTF_8))
        .isEqualTo("{\"a\":{\"S\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001F\u007f\u2028é😀\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1E-130",
        "-1E-130",
        "0.00000001E-122",
        "+1",
        ".5",
        "5.",
        "1e125",
        "9.9999999999999999999999999999999999999E+125",
        "-9.9999999999999999999999999999999999999E+125",
        "99999999999999999999999999999999999999",
        "0.00000000000000000000000000000000000001",
        "00000000000000000000000000000000000000000000001",
        "100000000000000000000000000000000000000000000000000000000000",
        "0E999999999999"
      })
  void keepsTheTextOfEveryNumberInRange(String number) {
    String json = "{\"n\":{\"N\":\"" + number + "\"}}";
    assertThat(decode(json).attribute("n")).contains(new Value.N(number));
    assertThat(new String(DynamoDbJson.encode(decode(json)), UTF_8)).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1E126",
        "-1E126",
        "9.9E-131",
        "123456789012345678901234567890123456789",
        "1.00000000000000000000000000000000000001E1",
        "1E999999999999999999999",
        "1E-999999999999999999999",
        "10E125"
      })
  void refusesNumbersOutOfRange(String number) {
    assertThatThrownBy(() -> decode("{\"n\":{\"N\":\"" + number + "\"}}"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("number outside of DynamoDB's range");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"S\":\"x\"},\"a\":{\"S\":\"y\"}}",
        "{\"a\":{\"S\":\"x\"},\"\\u0061\":{\"S\":\"y\"}}",
        "{\"m\":{\"M\":{\"a\":{\"S\":\"x\"},\"a\":{\"S\":\"y\"}}}}",
        "{\"a\":{\"SS\":[\"x\",\"\\u0078\"]}}",
        "{\"a\":{\"NS\":[\"1\",\"1.0\"]}}",
        "{\"a\":{\"BS\":[\"\",\"\"]}}"
      })
  void refusesWhatComesTwice(String json) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("comes twice");
  }

  @Test
  void neverQuotesValuesInErrors() {
    for (String json :
        List.of(
            "{\"a\":{\"N\":\"secret\"}}",
            "{\"a\":{\"B\":\"secret\"}}",
            "{\"a\":{\"SS\":[\"secret\",\"secret\"]}}",
            "{\"a\":{\"X\":\"secret\"}}",
            "{\"a\":secret}")) {
      assertThatThrownBy(() -> decode(json))
          .isInstanceOf(FormatException.class)
          .hasMessageMatching("malformed JSON at byte \\d+: .+")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void countsOffsetsFromTheStartOfThePart() {
    byte[] bytes = "....{\"a\":1}....".getBytes(UTF_8);
    assertThatThrownBy(() -> DynamoDbJson.decode(bytes, 4, 7))
        .hasMessage("malformed JSON at byte 5: expected '{'");
    assertThatThrownBy(() -> ItemSize.of(bytes, 4, 7))
        .hasMessage("malformed JSON at byte 5: expected '{'");
  }

  @Test
  void decodesSingleValues() {
    assertThat(DynamoDbJson.decodeValue("{\"S\":\"x\"}".getBytes(UTF_8)))
        .isEqualTo(new Value.S("x"));
    assertThatThrownBy(() -> DynamoDbJson.decodeValue("{\"S\":\"x\"}}".getBytes(UTF_8)))
        .isInstanceOf(FormatException.class);
  }

  private static Item decode(String json) {
    return DynamoDbJson.decode(json.getBytes(UTF_8));
  }
}
