// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.masking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import io.dynavault.format.item.Value;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

final class MaskingProperties {
  private static final String SECRET = "XsecretX";
  private static final byte[] SECRET_BYTES = "BsecretBsecret".getBytes(UTF_8);
  private static final String SECRET_NUMBER = "987654321987654321";
  private static final KeySchema KEY = KeySchema.of(new KeyAttribute("pk", ScalarType.S));
  private static final ItemMask HASH_ALL = mask("hash:*");

  @Property
  void hashingLeavesNoValueInTheOutput(@ForAll("secrets") Value value) {
    String output = encoded(HASH_ALL.apply(new Item(Map.of("v", value))));

    assertThat(output)
        .doesNotContain(SECRET, SECRET_NUMBER, Base64.getEncoder().encodeToString(SECRET_BYTES));
  }

  @Property
  void droppingLeavesNoValueInTheOutput(@ForAll("secrets") Value value) {
    Item item = new Item(Map.of("v", value, "list", new Value.L(List.of(value))));

    assertThat(encoded(mask("drop:v", "drop:list[*]").apply(item)))
        .isEqualTo("{\"list\":{\"L\":[]}}");
  }

  @Property
  void hashingKeepsTypesAndShape(@ForAll("secrets") Value value) {
    Value hashed = hashed(value);

    assertThat(shape(hashed)).isEqualTo(shape(value));
  }

  @Property
  void equalValuesHashAlikeWhereverTheyAre(@ForAll("secrets") Value value) {
    Value nested = hashed(new Value.L(List.of(new Value.M(Map.of("k", value)))));

    assertThat(nested).isEqualTo(new Value.L(List.of(new Value.M(Map.of("k", hashed(value))))));
  }

  @Property
  void numbersHashByTheirValue(@ForAll BigDecimal any) {
    BigDecimal number = any.setScale(3, java.math.RoundingMode.DOWN);

    assertThat(hashed(new Value.N(number.toPlainString())))
        .isEqualTo(hashed(new Value.N(number.setScale(7).toString())));
  }

  @Property
  void differentKeysStayDifferentAndValid(@ForAll @Size(min = 2, max = 20) Set<String> keys) {
    KeyReader reader = new KeyReader(KEY);
    Set<Object> hashed =
        keys.stream()
            .map(key -> reader.read(HASH_ALL.apply(new Item(Map.of("pk", new Value.S(key))))))
            .collect(Collectors.toSet());

    assertThat(hashed).hasSameSizeAs(keys);
  }

  @Property
  void whatIsMaskedIsStillAnItem(@ForAll("secrets") Value value) {
    Item masked = HASH_ALL.apply(new Item(Map.of("v", value)));

    assertThat(DynamoDbJson.decode(DynamoDbJson.encode(masked))).isEqualTo(masked);
  }

  @Provide
  Arbitrary<Value> secrets() {
    Arbitrary<Value> scalars =
        Arbitraries.of(
            new Value.S(SECRET),
            new Value.S(SECRET + "2"),
            new Value.N(SECRET_NUMBER),
            new Value.N(SECRET_NUMBER + ".5"),
            new Value.B(SECRET_BYTES),
            new Value.BOOL(true),
            new Value.NULL(),
            new Value.SS(List.of("a" + SECRET, SECRET)),
            new Value.NS(List.of(SECRET_NUMBER, "-" + SECRET_NUMBER)),
            new Value.BS(List.of(new Value.B(SECRET_BYTES))));
    return Arbitraries.recursive(() -> scalars, MaskingProperties::inListsAndMaps, 0, 4);
  }

  private static Arbitrary<Value> inListsAndMaps(Arbitrary<Value> values) {
    return Arbitraries.oneOf(
        values.list().ofMaxSize(3).map(Value.L::new),
        Combinators.combine(values, values).as((a, b) -> new Value.M(Map.of("x", a, "y", b))));
  }

  /** The types at every depth. */
  private static String shape(Value value) {
    if (value instanceof Value.L list) {
      return "L" + list.values().stream().map(MaskingProperties::shape).toList();
    }
    if (value instanceof Value.M map) {
      return "M"
          + map.entries().entrySet().stream()
              .map(entry -> entry.getKey() + shape(entry.getValue()))
              .sorted()
              .toList();
    }
    return value.type();
  }

  private static Value hashed(Value value) {
    return HASH_ALL.apply(new Item(Map.of("v", value))).attribute("v").orElseThrow();
  }

  private static String encoded(Item item) {
    return new String(DynamoDbJson.encode(item), UTF_8);
  }

  private static ItemMask mask(String... rules) {
    return MaskingRules.parse(List.of(rules), MaskingSalt.of("0123456789abcdef")).forTable(KEY);
  }
}
