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

/** Arbitrary attribute values and items as DynamoDB may hold them. */
public final class ItemArbitraries {
  private ItemArbitraries() {}

  /** Items with up to eight attributes of any type at any depth. */
  public static Arbitrary<Item> items() {
    return entries(values()).map(Item::new).withoutEdgeCases();
  }

  /** Values of all ten types, nested up to four levels. */
  public static Arbitrary<Value> values() {
    return values(4);
  }

  private static Arbitrary<Value> values(int depth) {
    Arbitrary<Value> flat =
        Arbitraries.oneOf(
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
    if (depth == 0) {
      return flat;
    }
    Arbitrary<Value> nested =
        Arbitraries.lazy(
            () ->
                Arbitraries.oneOf(
                    values(depth - 1).list().ofMaxSize(4).map(Value.L::new),
                    entries(values(depth - 1)).map(Value.M::new)));
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(3, flat), net.jqwik.api.Tuple.of(1, nested));
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
    Arbitrary<Integer> codePoints =
        Arbitraries.oneOf(
            Arbitraries.integers().between(' ', '~'),
            Arbitraries.integers().between(' ', '~'),
            Arbitraries.integers().between(0, 0xFF),
            Arbitraries.of((int) '"', (int) '\\', (int) '/', 0x2028, 0xFFFF, 0xFEFF, 0x10FFFF),
            Arbitraries.integers().between(0, 0x10FFFF));
    return codePoints
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .list()
        .ofMaxSize(24)
        .map(ItemArbitraries::text);
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
