// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvItemsTest {
  private static final CsvFormat KEYED =
      CsvFormat.of(Map.of("pk", ScalarType.S, "sk", ScalarType.N, "gk", ScalarType.B));

  @Test
  void typesKeyColumnsAndLeavesOutEmptyOnes() throws IOException {
    assertThat(
            read(
                """
                pk,sk,gk,total,note
                order#1,1,AAE=,12.5,"said ""hi"", twice
                on two lines"
                order#2,1E2,,,""
                """,
                KEYED))
        .isEqualTo(
            items(
                "{\"pk\":{\"S\":\"order#1\"},\"sk\":{\"N\":\"1\"},\"gk\":{\"B\":\"AAE=\"},"
                    + "\"total\":{\"S\":\"12.5\"},"
                    + "\"note\":{\"S\":\"said \\\"hi\\\", twice\\non two lines\"}}",
                "{\"pk\":{\"S\":\"order#2\"},\"sk\":{\"N\":\"1E2\"}}"));
  }

  @ParameterizedTest
  @ValueSource(chars = {',', '\t', ':', ';', '|', ' '})
  void takesTheDelimitersOfImportTable(char delimiter) throws IOException {
    String text = "\ufeffa_b\r\n1_\"x_y\"\r\n".replace('_', delimiter);
    assertThat(read(text, CsvFormat.of(Map.of()).withDelimiter(delimiter)))
        .isEqualTo(items("{\"a\":{\"S\":\"1\"},\"b\":{\"S\":\"x" + escaped(delimiter) + "y\"}}"));
  }

  @Test
  void takesGivenNamesInsteadOfAHeaderLine() throws IOException {
    assertThat(read("a,1\nb,2", KEYED.withHeader(List.of("pk", "sk"))))
        .isEqualTo(
            items(
                "{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}",
                "{\"pk\":{\"S\":\"b\"},\"sk\":{\"N\":\"2\"}}"));
  }

  @Test
  void readsNothingFromAnEmptyFileOrAHeaderAlone() throws IOException {
    assertThat(read("", KEYED)).isEmpty();
    assertThat(read("pk,sk\n", KEYED)).isEmpty();
  }

  @Test
  void namesTheLineOfAnError() {
    assertFailure("pk,x\na,b\"c\n", "line 2: quote in column 2 is not escaped");
    assertFailure("pk,x\na,b\nc,\"d\"e\n", "line 3: a quote is not escaped or not closed");
    assertFailure("pk,x\na,b\nc,\"d\n\n", "line 3: a quote is not escaped or not closed");
    assertFailure("pk,x\n\na,\"\n\"\na\n", "line 5: 1 columns where the header has 2");
    assertFailure("pk,x\na,b,c\n", "line 2: 3 columns where the header has 2");
    assertFailure("pk,sk\na,one\n", "line 2: column 'sk': not a number in DynamoDB's notation");
    assertFailure("pk,gk\na,A\n", "line 2: column 'gk': not Base64");
    assertFailure("pk,,x\n", "line 1: header has a column without a name");
    assertFailure("pk,x,pk\n", "line 1: header has a column name twice");
  }

  @Test
  void refusesAFormatThatImportTableRefuses() {
    assertThatThrownBy(() -> KEYED.withDelimiter('x')).isInstanceOf(IllegalArgumentException.class);
    for (List<String> names : List.of(List.<String>of(), List.of(""), List.of("a", "a"))) {
      assertThatThrownBy(() -> KEYED.withHeader(names))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void boundsTheSizeOfALine() {
    for (String start : List.of("a,b\n\"", "a,b\n", "\"", "a")) {
      assertThatThrownBy(
              () -> {
                try (CsvItemReader reader =
                    new CsvItemReader(TestingInput.endless(start, "x,y\""), KEYED)) {
                  reader.next();
                }
              })
          .as(start)
          .isInstanceOf(FormatException.class);
    }
    assertThatThrownBy(() -> new CsvItemReader(TestingInput.endless("a,b\n\"", "x"), KEYED).next())
        .isInstanceOf(FormatException.class);
  }

  @Test
  void passesOnFailuresOfTheSource() {
    assertThatThrownBy(() -> new CsvItemReader(TestingInput.cutAfter("a,b\n1,2"), KEYED).next())
        .isInstanceOf(IOException.class)
        .hasMessage("cut");
  }

  @Test
  void refusesInvalidUtf8() {
    byte[] bytes = {'a', '\n', (byte) 0xC0, (byte) 0x80, '\n'};
    assertThatThrownBy(() -> new CsvItemReader(new ByteArrayInputStream(bytes), KEYED).next())
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("invalid UTF-8");
  }

  @Test
  void writesScalarsPlainAndTheRestAsJson() throws IOException {
    List<Item> items =
        items(
            "{\"sk\":{\"N\":\"1.0\"},\"pk\":{\"S\":\"a,\\\"b\\\"\"},\"t\":{\"BOOL\":true},"
                + "\"z\":{\"NULL\":true},\"b\":{\"B\":\"AAE=\"}}",
            "{\"pk\":{\"S\":\"c\"},\"l\":{\"L\":[{\"N\":\"1\"}]},\"ss\":{\"SS\":[\"x\"]}}");
    KeySchema schema =
        KeySchema.of(new KeyAttribute("pk", ScalarType.S), new KeyAttribute("sk", ScalarType.N));
    List<String> columns = CsvItemWriter.columns(schema, items);

    assertThat(columns).containsExactly("pk", "sk", "t", "z", "b", "l", "ss");
    assertThat(write(columns, items))
        .isEqualTo(
            "pk,sk,t,z,b,l,ss\n"
                + "\"a,\"\"b\"\"\",1.0,true,null,AAE=,,\n"
                + "c,,,,,[1],\"[\"\"x\"\"]\"\n");
  }

  @Test
  void tellsWhichAttributesHaveNoColumn() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CsvItemWriter writer = new CsvItemWriter(out, '\t', List.of("a"))) {
      writer.write(items("{\"a\":{\"S\":\"x\"},\"c\":{\"S\":\"y\"},\"b\":{\"S\":\"y\"}}").get(0));
      assertThat(writer.omittedAttributes()).containsExactly("b", "c");
    }
    assertThat(out).hasToString("a\nx\n");
  }

  private static String escaped(char delimiter) {
    return delimiter == '\t' ? "\\t" : String.valueOf(delimiter);
  }

  private static String write(List<String> columns, List<Item> items) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CsvItemWriter writer = new CsvItemWriter(out, ',', columns)) {
      for (Item item : items) {
        writer.write(item);
      }
    }
    return out.toString(UTF_8);
  }

  private static void assertFailure(String text, String message) {
    assertThatThrownBy(() -> read(text, KEYED))
        .isInstanceOf(FormatException.class)
        .hasMessage("unable to read " + message);
  }

  private static List<Item> read(String text, CsvFormat format) throws IOException {
    List<Item> items = new ArrayList<>();
    try (CsvItemReader reader =
        new CsvItemReader(new ByteArrayInputStream(text.getBytes(UTF_8)), format)) {
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
