// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import io.dynavault.format.item.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class KeyOrderProperties {
  private static final KeyReader NUMBERS =
      new KeyReader(KeySchema.of(new KeyAttribute("n", ScalarType.N)));
  private static final KeyReader PAIRS =
      new KeyReader(
          KeySchema.of(new KeyAttribute("a", ScalarType.S), new KeyAttribute("b", ScalarType.S)));
  private static final KeyReader BINARIES =
      new KeyReader(KeySchema.of(new KeyAttribute("b", ScalarType.B)));

  @Test
  void sortsNumbersByValue() {
    String[] sorted = {
      "-1E+125",
      "-200",
      "-100.5",
      "-100",
      "-99",
      "-1",
      "-0.5",
      "-0.05",
      "-1E-130",
      "0",
      "1E-130",
      "0.05",
      "0.5",
      "1",
      "1.000000000000000000000000000000000001",
      "9",
      "10",
      "99",
      "100",
      "100.5",
      "200",
      "1E+125"
    };

    for (int i = 1; i < sorted.length; i++) {
      assertThat(order(number(sorted[i - 1]), number(sorted[i])))
          .as(sorted[i - 1] + " and " + sorted[i])
          .isNegative();
    }
    assertThat(order(number("1.50"), number("15E-1"))).isZero();
  }

  @Property
  void numbersAreInTheOrderOfTheirValues(
      @ForAll("numbers") BigDecimal a, @ForAll("numbers") BigDecimal b) {
    assertThat(sign(order(number(a.toString()), number(b.toString()))))
        .isEqualTo(sign(a.compareTo(b)));
  }

  @Property
  void stringsAreInTheOrderOfTheirBytes(
      @ForAll @StringLength(min = 1, max = 4) @CharRange(from = 0, to = 3) String a1,
      @ForAll @StringLength(min = 1, max = 4) @CharRange(from = 0, to = 3) String b1,
      @ForAll @StringLength(min = 1, max = 4) @CharRange(from = 0, to = 3) String a2,
      @ForAll @StringLength(min = 1, max = 4) @CharRange(from = 0, to = 3) String b2) {
    int first = Arrays.compareUnsigned(a1.getBytes(UTF_8), a2.getBytes(UTF_8));
    int expected =
        first != 0 ? first : Arrays.compareUnsigned(b1.getBytes(UTF_8), b2.getBytes(UTF_8));

    assertThat(sign(order(pair(a1, b1), pair(a2, b2)))).isEqualTo(sign(expected));
  }

  @Property
  void binariesAreInTheOrderOfTheirBytes(
      @ForAll @Size(min = 1, max = 5) byte[] a, @ForAll @Size(min = 1, max = 5) byte[] b) {
    assertThat(sign(order(binary(a), binary(b)))).isEqualTo(sign(Arrays.compareUnsigned(a, b)));
  }

  @Provide
  Arbitrary<BigDecimal> numbers() {
    return Arbitraries.bigIntegers()
        .between(
            new java.math.BigInteger("-" + "9".repeat(38)),
            new java.math.BigInteger("9".repeat(38)))
        .flatMap(
            digits ->
                Arbitraries.integers()
                    .between(-80, 100)
                    .map(scale -> new BigDecimal(digits, scale)))
        .filter(
            number -> number.signum() == 0 || number.abs().compareTo(new BigDecimal("1E-100")) > 0);
  }

  private static int order(ItemKey a, ItemKey b) {
    return Arrays.compareUnsigned(KeyOrder.bytes(a), KeyOrder.bytes(b));
  }

  private static int sign(int order) {
    return Integer.signum(order);
  }

  private static ItemKey number(String text) {
    return NUMBERS.read(new Item(Map.of("n", new Value.N(text))));
  }

  private static ItemKey pair(String a, String b) {
    return PAIRS.read(new Item(Map.of("a", new Value.S(a), "b", new Value.S(b))));
  }

  private static ItemKey binary(byte[] bytes) {
    return BINARIES.read(new Item(Map.of("b", new Value.B(bytes))));
  }
}
