// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Items at DynamoDB's limits, and names and values that mean something in the formats. */
class PoisonItemsTest {
  static Stream<Item> items() {
    return Stream.of(
        with("s", new Value.S("x".repeat(400 * 1024 - 3))),
        with("s", new Value.S("\u0000".repeat(400 * 1024 - 3))),
        with("s", new Value.S("😀".repeat(100 * 1024 - 1))),
        with("b", new Value.B(new byte[400 * 1024 - 3])),
        with("n".repeat(65_535), new Value.NULL()),
        with("😀".repeat(16_383), new Value.NULL()),
        new Item(Map.of("pk", new Value.S("k".repeat(2048)), "sk", new Value.S("s".repeat(1024)))),
        new Item(manyAttributes(1000)),
        with("deep", nested(31)),
        with("many", new Value.SS(IntStream.range(0, 5000).mapToObj(String::valueOf).toList())),
        with("one", new Value.BS(List.of(new Value.B(new byte[0])))),
        with("empty", new Value.L(List.of(new Value.S(""), new Value.B(new byte[0])))),
        with("empty", new Value.M(Map.of("l", new Value.L(List.of())))),
        with("binary", new Value.M(Map.of("b", new Value.L(List.of(new Value.B(allBytes())))))),
        new Item(
            named("Item", "Items", "Keys", "Count", "S", "M", "NULL", "__proto__", "$ion_1_0")),
        new Item(
            named("$0", "$10", "null", "nan", "true", "+inf", "'", "\"", "\\", "{{", "::", "//")),
        new Item(named("a.b", "a b", "#a", ":a", "/", "..", "\u0000", "\n", "\u2028", "\ufeff")),
        with("text", new Value.S("{\"Item\":{}}\n$ion_1_0 {Item:{}}\r\n'''{{AA==}}")),
        new Item(Map.of("n", new Value.N("9.9999999999999999999999999999999999999E+125"))),
        new Item(Map.of("n", new Value.N("-1E-130"))));
  }

  @ParameterizedTest
  @MethodSource("items")
  void surviveDynamoDbJson(Item item) {
    byte[] json = DynamoDbJson.encode(item);
    assertThat(DynamoDbJson.decode(json).equals(item)).isTrue();
    assertThat(ItemSize.of(json, 0, json.length))
        .isEqualTo(ReferenceSize.of(item))
        .isLessThanOrEqualTo(ItemSize.MAX_ITEM_SIZE);
  }

  @ParameterizedTest
  @MethodSource("items")
  void areSlicedByteForByte(Item item) {
    byte[] json = DynamoDbJson.encode(item);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("{\"Items\":[".getBytes(UTF_8));
    body.writeBytes(json);
    body.writeBytes("],\"Count\":1,\"ScannedCount\":1}".getBytes(UTF_8));
    ScanPage page = new ScanPage();
    page.parse(body.toByteArray(), body.size());
    assertThat(page.itemCount()).isOne();
    assertThat(page.itemOffset(0)).isEqualTo(10);
    assertThat(page.itemLength(0)).isEqualTo(json.length);
  }

  @ParameterizedTest
  @MethodSource("items")
  void surviveIon(Item item) {
    byte[] line = IonText.encodeLine(item);
    assertThat(ItemComparison.same(IonText.decodeLine(line, 0, line.length), item)).isTrue();
  }

  private static Item with(String name, Value value) {
    return new Item(Map.of(name, value));
  }

  private static Map<String, Value> manyAttributes(int count) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    IntStream.range(0, count).forEach(i -> attributes.put("a" + i, new Value.N("" + i)));
    return attributes;
  }

  private static Map<String, Value> named(String... names) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    for (String name : names) {
      attributes.put(name, new Value.M(Map.of(name, new Value.SS(List.of(name)))));
    }
    return attributes;
  }

  private static Value nested(int depth) {
    Value value = new Value.N("1");
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? new Value.L(List.of(value)) : new Value.M(Map.of("m", value));
    }
    return value;
  }

  private static byte[] allBytes() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < 256; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
