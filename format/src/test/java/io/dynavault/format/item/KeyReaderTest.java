// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyReaderTest {
  private final KeyReader composite =
      new KeyReader(
          KeySchema.of(new KeyAttribute("pk", ScalarType.S), new KeyAttribute("sk", ScalarType.N)));
  private final KeyReader binary =
      new KeyReader(KeySchema.of(new KeyAttribute("id", ScalarType.B)));

  @Test
  void findsTheKeyAmongOtherAttributes() {
    ItemKey key =
        read(
            composite,
            "{\"m\":{\"M\":{\"pk\":{\"S\":\"not this\"}}},\"sk\":{\"N\":\"7\"},\"pk\":{\"S\":\"a\\n"
                + "\"}}");
    assertThat(key).isEqualTo(new ItemKey(new Value.S("a\n"), Optional.of(new Value.N("7"))));
  }

  @Test
  void readsBinaryKeysAndEscapedNames() {
    assertThat(read(binary, "{\"\\u0069d\":{\"B\":\"AAE\\u003d\"}}"))
        .isEqualTo(new ItemKey(new Value.B(new byte[] {0, 1}), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "1.0,1",
    "10E-1,1",
    "+1,1",
    "01,1",
    "-0,0",
    "0.000,0",
    "0E+5,0",
    "-1.50,-1.5",
    "100,100",
    "1E2,100",
    "1e+2,100",
    "0.05,0.05",
    "5E-2,0.05",
    ".5,0.5",
    "5.,5",
    "-.5e1,-5",
    "123.456e1,1234.56",
    "0.00120e1,0.012",
    "1000.0001,1000.0001",
    "10.01E3,10010",
    "12345678901234567890123456789012345678,12345678901234567890123456789012345678"
  })
  void givesEqualNumbersOneKey(String written, String canonical) {
    assertThat(read(composite, item("a", written)).sort()).contains(new Value.N(canonical));
    assertThat(composite.read(DynamoDbJson.decode(item("a", written).getBytes(UTF_8))).sort())
        .contains(new Value.N(canonical));
  }

  @Test
  void namesTheKeyAttributeButNotItsValue() {
    assertFailure(composite, "{\"sk\":{\"N\":\"1\"}}", "'pk' of an item is missing");
    assertFailure(composite, "{\"pk\":{\"S\":\"secret\"}}", "'sk' of an item is missing");
    assertFailure(composite, "{}", "'pk' of an item is missing");
    assertFailure(
        composite,
        "{\"pk\":{\"N\":\"1\"},\"sk\":{\"N\":\"1\"}}",
        "'pk' of an item is not of type S");
    assertFailure(composite, item("", "1"), "'pk' of an item is empty");
    assertFailure(binary, "{\"id\":{\"B\":\"\"}}", "'id' of an item is empty");
    assertFailure(
        composite, item("a", "1E126"), "'sk' of an item is a number outside of DynamoDB's range");
  }

  @Test
  void refusesAKeyAttributeThatComesTwice() {
    assertThatThrownBy(
            () -> read(binary, "{\"id\":{\"B\":\"YQ==\"},\"\\u0069d\":{\"B\":\"YQ==\"}}"))
        .hasMessage("key attribute 'id' of an item comes twice");
  }

  @Test
  void refusesKeysThatAreNotUnicodeButNotOtherAttributes() {
    assertThatThrownBy(() -> read(composite, item("\\ud83d", "1")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("lone surrogate");
    assertThat(
            read(binary, "{\"\\ud83d\":{\"S\":\"\\ud83d\"},\"id\":{\"B\":\"YQ==\"}}").partition())
        .isEqualTo(new Value.B(new byte[] {'a'}));
  }

  @Test
  void checksTheRestOfTheItem() {
    assertThatThrownBy(() -> read(binary, "{\"id\":{\"B\":\"YQ==\"},\"x\":{\"S\":1}}"))
        .isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> read(binary, "{\"id\":{\"B\":\"YQ==\"}}{"))
        .isInstanceOf(FormatException.class);
  }

  @Test
  void displaysKeysOnOneLineWithoutControlCharacters() {
    ItemKey key =
        new ItemKey(
            new Value.S("a\u001b[2J\n\u2028\u202e\u0085é😀\""), Optional.of(new Value.N("1")));
    String shown = composite.display(key);
    assertThat(shown)
        .isEqualTo(
            "{\"pk\":{\"S\":\"a\\u001B[2J\\n\\u2028\\u202E\\u0085é😀\\\"\"},\"sk\":{\"N\":\"1\"}}");
    assertThat(read(composite, shown)).isEqualTo(key);
  }

  private static void assertFailure(KeyReader reader, String item, String message) {
    assertThatThrownBy(() -> read(reader, item))
        .isInstanceOf(FormatException.class)
        .hasMessage("key attribute " + message);
    if (!item.contains("E126")) {
      assertThatThrownBy(() -> reader.read(DynamoDbJson.decode(item.getBytes(UTF_8))))
          .isInstanceOf(FormatException.class)
          .hasMessage("key attribute " + message);
    }
  }

  private static String item(String partition, String sort) {
    return "{\"pk\":{\"S\":\"" + partition + "\"},\"sk\":{\"N\":\"" + sort + "\"}}";
  }

  private static ItemKey read(KeyReader reader, String item) {
    byte[] bytes = ("xx" + item + "yy").getBytes(UTF_8);
    return reader.read(bytes, 2, bytes.length - 4);
  }
}
