// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {
  @Test
  void showsEveryTypeWithoutDescriptors() {
    assertThat(
            plain(
                """
                {"s":{"S":"a\\n"},"n":{"N":"-1.50E+3"},"b":{"B":"AAEC"},"t":{"BOOL":true},\
                "z":{"NULL":true},"l":{"L":[{"N":"1"},{"L":[]}]},"m":{"M":{"k":{"S":""}}},\
                "ss":{"SS":["a","b"]},"ns":{"NS":["1","2.5"]},"bs":{"BS":["AAE=","qg=="]}}\
                """))
        .isEqualTo(
            """
            {"s":"a\\n","n":-1.50E+3,"b":"AAEC","t":true,"z":null,"l":[1,[]],"m":{"k":""},\
            "ss":["a","b"],"ns":[1,2.5],"bs":["AAE=","qg=="]}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "12345678901234567890123456789012345678,12345678901234567890123456789012345678",
    "1.0,1.0",
    "1E-130,1E-130",
    "-0,-0",
    "+1,1",
    ".5,0.5",
    "5.,5",
    "007,7"
  })
  void writesNumbersThatJsonAllows(String number, String written) {
    assertThat(plain("{\"n\":{\"N\":\"" + number + "\"}}")).isEqualTo("{\"n\":" + written + "}");
  }

  @Test
  void readsAnArrayOfObjects() throws IOException {
    assertThat(
            read(
                """
                [{"id":1,"lat":-6.081689834590001,"name":"Goroka \\u00e9","x":null},
                 {"id":12345678901234567890123456789012345678,"tags":["a",1,[true,{}]]}]\
                """))
        .isEqualTo(
            items(
                "{\"id\":{\"N\":\"1\"},\"lat\":{\"N\":\"-6.081689834590001\"},"
                    + "\"name\":{\"S\":\"Goroka é\"},\"x\":{\"NULL\":true}}",
                "{\"id\":{\"N\":\"12345678901234567890123456789012345678\"},"
                    + "\"tags\":{\"L\":[{\"S\":\"a\"},{\"N\":\"1\"},{\"L\":[{\"BOOL\":true},{\"M\":{}}]}]}}"));
  }

  @Test
  void readsJsonLinesAndEmptyFiles() throws IOException {
    assertThat(read("\ufeff{\"a\":1.50}\n{}\r\n\n{\"a\":\"\"}"))
        .isEqualTo(items("{\"a\":{\"N\":\"1.50\"}}", "{}", "{\"a\":{\"S\":\"\"}}"));
    assertThat(read("")).isEmpty();
    assertThat(read(" [ ] ")).isEmpty();
    assertThat(read("[]".repeat(100_000))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "\"x\"",
        "null",
        "[1]",
        "[[{}]]",
        "[{}",
        "{",
        "{}]",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":1E126}",
        "{\"a\":123456789012345678901234567890123456789}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":}",
        "{\"a\":[}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\x\"}",
        "{a:1}",
        "{} x"
      })
  void refusesWhatIsNotAnItem(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(FormatException.class)
        .hasMessageMatching("unable to read line 1, column \\d+: .+")
        .hasNoCause();
  }

  @Test
  void saysWhereButNotWhat() {
    assertThatThrownBy(() -> read("{\"a\":1}\n{\"b\":secret}"))
        .hasMessageMatching("unable to read line 2, column \\d+: malformed JSON");
    assertThatThrownBy(() -> read("{\"a\":1}\n{\"b\":1e999}"))
        .hasMessageStartingWith("unable to read line 2, column ")
        .hasMessageContaining("number outside of DynamoDB's range");
  }

  @Test
  void boundsDepthAndSize() {
    assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(1_000_000)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("nested deeper than 35 lists and maps");
    for (String start :
        List.of("{\"a\":\"", "{\"", "{\"a\":[[", "[", "[{\"a\":{\"b\":[1,", "{\"a\":1")) {
      String repeated = start.endsWith("\"") ? "x" : start.endsWith("1") ? "1" : " ";
      assertThatThrownBy(() -> new PlainJsonReader(TestingInput.endless(start, repeated)).next())
          .as(start)
          .isInstanceOf(FormatException.class);
    }
  }

  @Test
  void passesOnFailuresOfTheSource() {
    assertThatThrownBy(() -> new PlainJsonReader(TestingInput.cutAfter("{\"a\":")).next())
        .isInstanceOf(IOException.class)
        .hasMessage("cut");
  }

  private static String plain(String json) {
    return new String(PlainJson.encode(DynamoDbJson.decode(json.getBytes(UTF_8))), UTF_8);
  }

  private static List<Item> read(String text) throws IOException {
    List<Item> items = new ArrayList<>();
    try (PlainJsonReader reader =
        new PlainJsonReader(new ByteArrayInputStream(text.getBytes(UTF_8)))) {
      for (Optional<Item> item = reader.next(); item.isPresent(); item = reader.next()) {
        items.add(item.get());
      }
    }
    return items;
  }

  private static List<Item> items(String... json) {
    return Stream.of(json).map(item -> DynamoDbJson.decode(item.getBytes(UTF_8))).toList();
  }
}
