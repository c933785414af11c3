// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CodecProperties {
  @Property(tries = 200)
  void ionGivesTheSameItemBack(@ForAll("items") Item item) {
    byte[] line = IonText.encodeLine(item);
    Item read = IonText.decodeLine(line, 0, line.length);
    assertThat(ItemComparison.same(read, item)).isTrue();
    assertThat(read.attributes().keySet()).containsExactlyElementsOf(item.attributes().keySet());
    assertThat(line).containsOnlyOnce((byte) '\n').endsWith((byte) '\n');
  }

  @Property(tries = 200)
  void ionLosesOnlyTheSpellingOfNumbers(@ForAll("items") Item item) {
    byte[] line = IonText.encodeLine(item);
    Item read = IonText.decodeLine(line, 0, line.length);
    assertThat(IonText.encodeLine(read)).isEqualTo(line);
  }

  @Property(tries = 200)
  void plainJsonComesBackAsWritten(@ForAll("items") Item item) throws IOException {
    byte[] json = PlainJson.encode(item);
    try (PlainJsonReader reader = new PlainJsonReader(new ByteArrayInputStream(json))) {
      Item read = reader.next().orElseThrow();
      assertThat(PlainJson.encode(read)).isEqualTo(json);
      assertThat(reader.next()).isEmpty();
    }
  }

  @Property(tries = 200)
  void plainJsonIsJsonWithEveryDigit(@ForAll("items") Item item) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(PlainJson.encode(item))) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      for (Map.Entry<String, Value> entry : item.attributes().entrySet()) {
        assertThat(parser.nextFieldName()).isEqualTo(entry.getKey());
        parser.nextToken();
        if (entry.getValue() instanceof Value.N number) {
          assertThat(parser.getDecimalValue()).isEqualByComparingTo(new BigDecimal(number.value()));
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  @Property(tries = 200)
  void csvGivesTextBack(@ForAll("items") Item item) throws IOException {
    Map<String, Value> texts = new LinkedHashMap<>();
    item.attributes()
        .forEach(
            (name, value) -> {
              if (value instanceof Value.S text && !text.value().isEmpty()) {
                texts.put(name, value);
              }
            });
    if (texts.isEmpty() || texts.keySet().stream().anyMatch(String::isEmpty)) {
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CsvItemWriter writer = new CsvItemWriter(out, ';', List.copyOf(texts.keySet()))) {
      writer.write(new Item(texts));
    }
    CsvFormat format = CsvFormat.of(Map.of()).withDelimiter(';');
    try (CsvItemReader reader =
        new CsvItemReader(new ByteArrayInputStream(out.toByteArray()), format)) {
      assertThat(reader.next()).contains(new Item(texts));
      assertThat(reader.next()).isEmpty();
    }
  }

  @Property(tries = 200)
  void orderAndSpellingDoNotMatterForComparison(@ForAll("items") Item item, @ForAll long seed) {
    Random random = new Random(seed);
    Item respelled = new Item(respelled(item.attributes(), random));
    assertThat(ItemComparison.same(item, respelled)).isTrue();
    assertThat(DynamoDbJson.encode(ItemComparison.canonical(respelled)))
        .isEqualTo(DynamoDbJson.encode(ItemComparison.canonical(item)));
  }

  @Property(tries = 200)
  void differentItemsAreNotTheSame(@ForAll("items") Item one, @ForAll("items") Item other) {
    byte[] a = IonText.encodeLine(ItemComparison.canonical(one));
    byte[] b = IonText.encodeLine(ItemComparison.canonical(other));
    assertThat(ItemComparison.same(one, other)).isEqualTo(Arrays.equals(a, b));
  }

  private static Map<String, Value> respelled(Map<String, Value> entries, Random random) {
    List<String> names = new ArrayList<>(entries.keySet());
    Collections.shuffle(names, random);
    Map<String, Value> respelled = new LinkedHashMap<>();
    names.forEach(name -> respelled.put(name, respelled(entries.get(name), random)));
    return respelled;
  }

  private static Value respelled(Value value, Random random) {
    if (value instanceof Value.N number) {
      return new Value.N(respelled(number.value()));
    }
    if (value instanceof Value.M map) {
      return new Value.M(respelled(map.entries(), random));
    }
    if (value instanceof Value.L list) {
      return new Value.L(list.values().stream().map(each -> respelled(each, random)).toList());
    }
    if (value instanceof Value.SS set) {
      return new Value.SS(shuffled(set.values(), random));
    }
    if (value instanceof Value.NS set) {
      return new Value.NS(
          shuffled(set.values().stream().map(CodecProperties::respelled).toList(), random));
    }
    if (value instanceof Value.BS set) {
      return new Value.BS(shuffled(set.values(), random));
    }
    return value;
  }

  /** Another text of the same number: its unscaled digits with an exponent. */
  private static String respelled(String number) {
    BigDecimal decimal = new BigDecimal(number);
    return decimal.unscaledValue() + "E" + -decimal.scale();
  }

  private static <T> List<T> shuffled(List<T> elements, Random random) {
    List<T> shuffled = new ArrayList<>(elements);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  @Provide
  Arbitrary<Item> items() {
    return ItemArbitraries.items();
  }
}
