// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.format.item.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

final class ValueComparisonProperties {

  @Property
  void stringsAreOrderedByTheirUtf8Bytes(@ForAll("text") String a, @ForAll("text") String b) {
    int expected = Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

    assertThat(ValueComparison.compare(new Value.S(a), new Value.S(b)).getAsInt())
        .satisfies(order -> assertThat(Integer.signum(order)).isEqualTo(Integer.signum(expected)));
  }

  @Property
  void numbersAreEqualInEveryNotation(@ForAll("numbers") BigDecimal number) {
    Value plain = new Value.N(number.toPlainString());
    Value scaled = new Value.N(number.setScale(number.scale() + 3).toString());

    assertThat(ValueComparison.equal(plain, scaled)).isTrue();
    assertThat(ValueComparison.equal(nested(plain), nested(scaled))).isTrue();
    assertThat(ValueComparison.compare(plain, scaled)).hasValue(0);
  }

  @Property
  void setsAreEqualInAnyOrder(@ForAll @Size(min = 1, max = 5) java.util.Set<Integer> elements) {
    List<String> forward = elements.stream().map(String::valueOf).toList();
    List<String> backward = new ArrayList<>(forward.stream().map(n -> n + ".0").toList());
    Collections.reverse(backward);

    assertThat(ValueComparison.equal(new Value.NS(forward), new Value.NS(backward))).isTrue();
    assertThat(ValueComparison.equal(new Value.SS(forward), new Value.NS(forward))).isFalse();
  }

  private static Value nested(Value value) {
    return new Value.L(List.of(new Value.M(Map.of("k", value))));
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.of(
            "a", "b", "z", "\u0080", "\uD7FF", "\uE000", "\uFFFF", "\uD83D\uDE00", "\uDBFF\uDFFF")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<BigDecimal> numbers() {
    return Arbitraries.bigDecimals().ofScale(4);
  }
}
