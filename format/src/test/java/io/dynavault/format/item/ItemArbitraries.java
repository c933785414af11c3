// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Arbitrary attribute values and items as DynamoDB may hold them. */
public final class ItemArbitraries {
  private ItemArbitraries() {}

  /** Items with up to eight attributes of any type at any depth. */
  public static Arbitrary<Item> items() {
    return entries(values()).map(Item::new).withoutEdgeCases();
  }

  /** Values of all ten types, nested up to four levels. */
  public static Arbitrary<Value> values() {
    Arbitrary<Value> flat = flat();
    Arbitrary<Value> values = flat;
    for (int depth = 0; depth < 4; depth++) {
      Arbitrary<Value> lists = values.list().ofMaxSize(4).map(Value.L::new);
      Arbitrary<Value> maps = entries(values).map(Value.M::new);
      values = Arbitraries.frequencyOf(Tuple.of(6, flat), Tuple.of(1, lists), Tuple.of(1, maps));
    }
    return values;
  }

  private static Arbitrary<Value> flat() {
    return Arbitraries.oneOf(
        List.of(
            strings().map(Value.S::new),
            numbers().map(Value.N::new),
            binaries(),
            Arbitraries.of(true, false).map(Value.BOOL::new),
            Arbitraries.just(new Value.NULL()),
            strings().list().uniqueElements().ofMinSize(1).ofMaxSize(4).map(Value.SS::new),
            numbers()
                .list()
                .uniqueElements(n -> new BigDecimal(n).stripTrailingZeros())
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(Value.NS::new),
            binaries().list().uniqueElements().ofMinSize(1).ofMaxSize(4).map(Value.BS::new)));
  }

  private static Arbitrary<Map<String, Value>> entries(Arbitrary<Value> values) {
    return Combinators.combine(
            names().list().uniqueElements().ofMaxSize(8), values.list().ofSize(8))
        .as(
            (names, list) -> {
              Map<String, Value> entries = new LinkedHashMap<>();
              for (int i = 0; i < names.size(); i++) {
                entries.put(names.get(i), list.get(i));
              }
              return entries;
            });
  }

  /** Attribute names: usual ones, JSON's own words, and any text. */
  public static Arbitrary<String> names() {
    Arbitrary<String> known =
        Arbitraries.of(
            "pk",
            "sk",
            "a.b",
            "with space",
            "#n",
            ":v",
            "$ion_1_0",
            "$10",
            "quote\"",
            "Item",
            "Items",
            "LastEvaluatedKey",
            "S",
            "M",
            "NULL",
            "null",
            "true",
            "__proto__",
            "it's",
            "\u2028",
            "\u0000",
            "😀");
    return Arbitraries.oneOf(known, strings().filter(name -> !name.isEmpty()));
  }

  /** Strings of Unicode text, escapes and astral characters included, no lone surrogates. */
  public static Arbitrary<String> strings() {
    return Arbitraries.integers()
        .between(0, Integer.MAX_VALUE)
        .withDistribution(RandomDistribution.uniform())
        .map(ItemArbitraries::codePoint)
        .list()
        .ofMaxSize(24)
        .map(ItemArbitraries::text);
  }

  /** Half ASCII text; the rest control characters, Latin, JSON's syntax and all of Unicode. */
  private static int codePoint(int random) {
    int n = random / 8;
    return switch (random % 8) {
      case 0, 1, 2, 3 -> ' ' + n % ('~' - ' ' + 1);
      case 4 -> n % 0x100;
      case 5 -> "\"\\/{}[]\u2028\uFFFF\uFEFF".charAt(n % 10);
      case 6 -> 0x10000 + n % 0x100000;
      default -> n % 0xD800;
    };
  }

  private static String text(List<Integer> codePoints) {
    StringBuilder text = new StringBuilder();
    codePoints.forEach(text::appendCodePoint);
    return text.toString();
  }

  /** Numbers within DynamoDB's range, in plain and scientific notation. */
  public static Arbitrary<String> numbers() {
    Arbitrary<BigInteger> digits =
        Arbitraries.bigIntegers()
            .between(
                BigInteger.TEN.pow(38).negate().add(BigInteger.ONE),
                BigInteger.TEN.pow(38).subtract(BigInteger.ONE));
    Arbitrary<String> any =
        Combinators.combine(
                digits, Arbitraries.integers().between(-92, 125 - 37), Arbitraries.of(true, false))
            .as(
                (unscaled, exponent, plain) -> {
                  BigDecimal number = new BigDecimal(unscaled, -exponent);
                  return plain ? number.toPlainString() : number.toString();
                });
    Arbitrary<String> known =
        Arbitraries.of(
            "0",
            "1",
            "-1",
            "1.0",
            "10E-1",
            "0.00",
            "1E-130",
            "-1E-130",
            "3.14",
            "100",
            "99999999999999999999999999999999999999",
            "9.9999999999999999999999999999999999999E+125");
    return Arbitraries.oneOf(any, known, Arbitraries.integers().map(String::valueOf));
  }

  /** Binary values, the empty one included. */
  public static Arbitrary<Value.B> binaries() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(Value.B::new);
  }
}
