// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.chain.ExportChain;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The state that a chain gives is that of a table to which all its changes were made. */
class ChainContentProperties {
  private static final Instant START = Instant.parse("2026-01-02T00:00:00Z");

  @Property(tries = 60)
  void everyWindowEndIsTheStateOfThen(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 5) int windows)
      throws InterruptedException {
    SplittableRandom chance = new SplittableRandom(seed);
    TestingChain chain = new TestingChain();
    Map<Integer, Integer> table = new TreeMap<>();
    change(table, chance, 40);
    chain.full(START.toString(), items(table));
    List<Map<Integer, Integer>> states = new ArrayList<>(List.of(new TreeMap<>(table)));
    for (int window = 0; window < windows; window++) {
      Map<Integer, Integer> before = new TreeMap<>(table);
      change(table, chance, 15);
      Instant from = START.plus(Duration.ofHours(window));
      OutputFormat format = chance.nextBoolean() ? OutputFormat.ION : OutputFormat.DYNAMODB_JSON;
      chain.window(
          from.toString(),
          from.plus(Duration.ofHours(1)).toString(),
          format,
          changes(before, table));
      states.add(new TreeMap<>(table));
    }

    for (int end = 0; end < states.size(); end++) {
      RecoveryPoint point = chain.points().get(end);
      assertThat(read(chain, point)).containsExactlyInAnyOrder(items(states.get(end)));
    }
  }

  private static void change(Map<Integer, Integer> table, SplittableRandom chance, int times) {
    for (int i = 0; i < times; i++) {
      int key = chance.nextInt(50);
      if (chance.nextInt(3) == 0) {
        table.remove(key);
      } else {
        table.put(key, chance.nextInt(1000));
      }
    }
  }

  private static List<ItemChange> changes(Map<Integer, Integer> before, Map<Integer, Integer> now) {
    List<ItemChange> changes = new ArrayList<>();
    for (int key = 0; key < 50; key++) {
      Integer old = before.get(key);
      Integer current = now.get(key);
      if (old == null ? current != null : !old.equals(current)) {
        changes.add(
            new ItemChange(
                decode("{\"pk\":{\"S\":\"k" + key + "\"}}"),
                Optional.empty(),
                current == null ? Optional.empty() : Optional.of(decode(item(key, current))),
                OptionalLong.of(1)));
      }
    }
    return changes;
  }

  private static String[] items(Map<Integer, Integer> table) {
    return table.entrySet().stream()
        .map(entry -> item(entry.getKey(), entry.getValue()))
        .toArray(String[]::new);
  }

  private static String item(int key, int value) {
    return "{\"pk\":{\"S\":\"k%d\"},\"n\":{\"N\":\"%d\"}}".formatted(key, value);
  }

  private static Item decode(String json) {
    return DynamoDbJson.decode(json.getBytes(UTF_8));
  }

  private static List<String> read(TestingChain chain, RecoveryPoint point)
      throws InterruptedException {
    List<String> items = new ArrayList<>();
    try (ChainContent content =
        ChainContent.open(chain.store, ExportChain.endingWith(point, chain.points()))) {
      for (ContentPart part : content.parts()) {
        part.read(
            (json, offset, length, size) -> items.add(new String(json, offset, length, UTF_8)));
      }
    }
    return items;
  }
}
