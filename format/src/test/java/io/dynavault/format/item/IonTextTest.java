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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IonTextTest {
  @Test
  void writesALineAsDynamoDbExportsIt() {
    assertThat(
            encode(
                """
                {"pk":{"S":"order#1"},"sk":{"N":"1"},"total":{"N":"12.50"},"paid":{"BOOL":true},\
                "big":{"N":"600"},"none":{"N":"0"},"small":{"N":"-1E-130"},\
                "tags":{"SS":["eu","new"]},"sig":{"B":"AAECAw=="},"note":{"NULL":true},\
                "ns":{"NS":["1","2.5"]},"bs":{"BS":["AAE="]},"l":{"L":[{"N":"1"},{"S":"x"}]},\
                "m":{"M":{"k":{"S":"v"}}},"a-b":{"S":"\\n\\"\\u2028"}}\
                """))
        .isEqualTo(
            "$ion_1_0 {Item:{pk:\"order#1\",sk:1.,total:12.5,paid:true,big:6d2,none:0.,"
                + "small:-1d-130,tags:$dynamodb_SS::[\"eu\",\"new\"],sig:{{AAECAw==}},note:null,"
                + "ns:$dynamodb_NS::[1.,2.5],bs:$dynamodb_BS::[{{AAE=}}],l:[1.,\"x\"],m:{k:\"v\"},"
                + "'a-b':\"\\n\\\"\u2028\"}}\n");
  }

  @Test
  void readsLinesWithVersionMarkersAndLeadingBlanks() throws IOException {
    assertThat(
            read(" $ion_1_0 {Item:{id:1.}}\n $ion_1_0 {Item:{id:2d0}}\n{ Item : { id : 3 } } // c"))
        .isEqualTo(
            items("{\"id\":{\"N\":\"1\"}}", "{\"id\":{\"N\":\"2\"}}", "{\"id\":{\"N\":\"3\"}}"));
  }

  @Test
  void readsTheListForm() throws IOException {
    assertThat(read("\ufeff$ion_1_0\n[ {Item:{id:\"a\"}}, {Item:{id:\"b\"}}, ]\n[] [] {Item:{}}"))
        .isEqualTo(items("{\"id\":{\"S\":\"a\"}}", "{\"id\":{\"S\":\"b\"}}", "{}"));
    assertThat(read("")).isEmpty();
    assertThat(read("[]".repeat(100_000))).isEmpty();
  }

  @Test
  void readsWhatIonAllowsForTheSameValues() throws IOException {
    assertThat(read("{'Item':{'a':'''long ''' '''text''', \"b\": +inf_}}".replace("+inf_", "null")))
        .isEqualTo(items("{\"a\":{\"S\":\"long text\"},\"b\":{\"NULL\":true}}"));
    assertThat(read("{Item:{n:12345678901234567890123456789012345678., m:-0., k:1d125}}"))
        .isEqualTo(
            items(
                "{\"n\":{\"N\":\"12345678901234567890123456789012345678\"},\"m\":{\"N\":\"0\"},"
                    + "\"k\":{\"N\":\"1"
                    + "0".repeat(125)
                    + "\"}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "null",
        "null.struct",
        "[[{Item:{}}]]",
        "x::{Item:{}}",
        "{}",
        "{item:{}}",
        "{Item:{},Item:{}}",
        "{Item:{},Keys:{}}",
        "{Item:null}",
        "{Item:[]}",
        "{Item:x::{}}",
        "{Item:{a:1.,a:2.}}",
        "{Item:{a:1e0}}",
        "{Item:{a:nan}}",
        "{Item:{a:symbol}}",
        "{Item:{a:2026-01-01T}}",
        "{Item:{a:{{\"clob\"}}}}",
        "{Item:{a:(1 2)}}",
        "{Item:{a:null.string}}",
        "{Item:{a:x::1.}}",
        "{Item:{a:$dynamodb_SS::[]}}",
        "{Item:{a:$dynamodb_SS::[1.]}}",
        "{Item:{a:$dynamodb_SS::[null.string]}}",
        "{Item:{a:$dynamodb_SS::[\"a\",\"a\"]}}",
        "{Item:{a:$dynamodb_NS::[1.,1.0]}}",
        "{Item:{a:$dynamodb_NS::[\"1\"]}}",
        "{Item:{a:$dynamodb_BS::[\"a\"]}}",
        "{Item:{a:$dynamodb_XX::[\"a\"]}}",
        "{Item:{a:$dynamodb_SS::\"a\"}}",
        "{Item:{a:$dynamodb_SS::$dynamodb_SS::[\"a\"]}}",
        "{Item:{a:123456789012345678901234567890123456789.}}",
        "{Item:{a:1d126}}",
        "{Item:{a:1d99999999999999999999}}",
        "{Item:{a:\"\\ud800\"}}",
        "{Item:{$99:1.}}",
        "{Item:{a:$99}}",
        "{Item:{a:{{A}}}}",
        "{Item:{a:\"x}}",
        "{Item:{a:1.}",
        "$ion_2_0 {Item:{}}",
        "{Item:{}}}"
      })
  void refusesWhatIsNotAnItem(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(FormatException.class)
        .hasMessageMatching("unable to read item \\d+: .+");
  }

  @Test
  void namesTheItemButNotItsValues() {
    assertThatThrownBy(() -> read("{Item:{a:\"ok\"}} {Item:{a:secret}}"))
        .hasMessage("unable to read item 2: no attribute value is of Ion type SYMBOL")
        .hasNoCause();
    assertThatThrownBy(() -> read("{Item:{a:\"ok\"}} {Item:{a:\"secret\" \"secret\"}}"))
        .hasMessage("unable to read item 2: malformed Ion")
        .hasNoCause();
  }

  @Test
  void boundsDepthAndSize() {
    String deep = "[".repeat(32) + "]".repeat(32);
    assertThat(IonText.decodeLine(bytes("{Item:{a:" + deep + "}}"), 0, 9 + 64 + 2).attributes())
        .hasSize(1);
    assertThatThrownBy(() -> read("{Item:{a:" + "[".repeat(1_000_000)))
        .hasMessageContaining("nested deeper than 35 lists and maps");
    assertThatThrownBy(() -> new IonItemReader(TestingInput.endless("{Item:{a:\"", "x")).next())
        .hasMessageContaining("item takes more than 4194304 characters");
  }

  @Test
  void refusesInvalidUtf8AndLoneSurrogates() {
    byte[] bytes = bytes("{Item:{a:\"?\"}}");
    bytes[10] = (byte) 0xFF;
    assertThatThrownBy(() -> IonText.decodeLine(bytes, 0, bytes.length))
        .hasMessageContaining("invalid UTF-8");
    Item lone = new Item(Map.of("a", new Value.S("\ud83d")));
    assertThatThrownBy(() -> IonText.encodeLine(lone)).isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> DynamoDbJson.encode(lone)).isInstanceOf(FormatException.class);
  }

  @Test
  void passesOnFailuresOfTheSource() {
    assertThatThrownBy(() -> new IonItemReader(TestingInput.cutAfter(" ".repeat(20_000))).next())
        .isInstanceOf(IOException.class)
        .hasMessage("cut");
  }

  @Test
  void decodesExactlyOneItemFromALine() {
    for (String text : List.of("", "$ion_1_0", "{Item:{}} {Item:{}}")) {
      assertThatThrownBy(() -> IonText.decodeLine(bytes(text), 0, text.length()))
          .isInstanceOf(FormatException.class);
    }
  }

  private static String encode(String json) {
    return new String(IonText.encodeLine(DynamoDbJson.decode(json.getBytes(UTF_8))), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<Item> read(String text) throws IOException {
    List<Item> items = new ArrayList<>();
    try (IonItemReader reader = new IonItemReader(new ByteArrayInputStream(text.getBytes(UTF_8)))) {
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
