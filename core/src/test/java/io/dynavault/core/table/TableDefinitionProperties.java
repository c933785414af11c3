// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TableDefinitionProperties {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property(tries = 300)
  void anyDefinitionIsReadBackAsItWasWritten(@ForAll("tables") TableDefinition table)
      throws IOException {
    String json = TableDefinitionParserTest.written(table);

    assertThat(TableDefinitionParser.read(JSON.readTree(json))).isEqualTo(table);
  }

  @Provide
  Arbitrary<TableDefinition> tables() {
    return Arbitraries.randomValue(TableDefinitionProperties::table);
  }

  private static TableDefinition table(Random random) {
    List<KeyAttribute> attributes = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(6); i++) {
      attributes.add(new KeyAttribute(i + text(random), oneOf(random, ScalarType.values())));
    }
    KeyAttribute partition = attributes.get(0);
    KeySchema key =
        random.nextBoolean() ? KeySchema.of(partition) : KeySchema.of(partition, attributes.get(1));
    return new TableDefinition(
        text(random),
        text(random),
        text(random),
        key,
        attributes,
        indexes(random, attributes),
        indexes(random, attributes),
        oneOf(random, BillingMode.values()),
        throughput(random),
        onDemand(random),
        settings(random));
  }

  private static List<SecondaryIndex> indexes(Random random, List<KeyAttribute> attributes) {
    List<SecondaryIndex> indexes = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      int split = 1 + random.nextInt(attributes.size());
      indexes.add(
          new SecondaryIndex(
              text(random),
              new IndexKeySchema(
                  attributes.subList(0, split), attributes.subList(split, attributes.size())),
              new Projection(
                  oneOf(random, "ALL", "KEYS_ONLY", "INCLUDE"),
                  random.nextBoolean() ? List.of() : List.of(text(random), text(random))),
              throughput(random),
              onDemand(random)));
    }
    return indexes;
  }

  private static TableSettings settings(Random random) {
    Map<String, String> tags = new TreeMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      tags.put(text(random), text(random));
    }
    return new TableSettings(
        optionalText(random),
        optionalText(random),
        optionalText(random),
        optionalText(random),
        optionalText(random),
        random.nextBoolean(),
        tags,
        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(35)),
        optionalText(random),
        optionalText(random),
        random.nextBoolean() ? List.of() : List.of(text(random)));
  }

  private static Optional<Throughput> throughput(Random random) {
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(new Throughput(units(random), units(random)));
  }

  private static Optional<OnDemandThroughput> onDemand(Random random) {
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(
            new OnDemandThroughput(
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(units(random)),
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(units(random))));
  }

  private static long units(Random random) {
    return random.nextLong() & Long.MAX_VALUE;
  }

  private static Optional<String> optionalText(Random random) {
    return random.nextBoolean() ? Optional.empty() : Optional.of(text(random));
  }

  /** Short text with what JSON escapes and what UTF-8 needs several bytes for. */
  private static String text(Random random) {
    String[] pieces = {"a", "Z", "-", "\"", "\\", "\n", "é", "中", "😀", "", "{", "\u0000"};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(oneOf(random, pieces));
    }
    return text.toString();
  }

  @SafeVarargs
  private static <T> T oneOf(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }
}
