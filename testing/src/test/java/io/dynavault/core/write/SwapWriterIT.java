// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capacity.RateController;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.Value;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.poison.LegalItems;
import io.dynavault.testing.poison.PoisonItem;
import io.dynavault.testing.poison.PoisonTable;
import io.dynavault.testing.table.LiveTable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which conditions hold is the server's to say: these tests ask DynamoDB Local. */
class SwapWriterIT {
  private final TestingEngine engine = TestingEngine.inMemory();
  private final LiveTable table =
      LiveTable.create(
          TestingServers.dynamoDb().endpoint(),
          new PoisonTable(TestingServers.newTableName("swap"), LegalItems.KEY_SCHEMA, List.of()));
  private final KeyReader keys = new KeyReader(LegalItems.KEY_SCHEMA);
  private final WriteCounters counters = new WriteCounters();

  @AfterEach
  void close() {
    table.drop();
    engine.close();
  }

  @Test
  void everyLegalItemComesGoesAndChanges() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (PoisonItem poison : LegalItems.all()) {
      Optional<Item> item = Optional.of(decode(poison.json()));
      Optional<Item> other = Optional.of(with(keyOf(item.get()), "other", new Value.N("1")));
      Optional<Item> none = Optional.empty();
      expect(SwapOutcome.Kind.DONE, none, item, poison, wrong);
      expect(SwapOutcome.Kind.CHANGED, other, none, poison, wrong);
      expect(SwapOutcome.Kind.DONE, item, other, poison, wrong);
      expect(SwapOutcome.Kind.CHANGED, none, item, poison, wrong);
      expect(SwapOutcome.Kind.DONE, other, item, poison, wrong);
      Optional<Item> more = Optional.of(with(item.get(), "one more", new Value.NULL()));
      expect(SwapOutcome.Kind.CHANGED, more, none, poison, wrong);
      expect(SwapOutcome.Kind.DONE, item, none, poison, wrong);
    }
    assertThat(wrong).isEmpty();
    assertThat(table.contents()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 99, 100, 101, 149, 150, 151, 600})
  void itemsHaveAnyNumberOfAttributes(int count) throws Exception {
    Item key = decode("{\"pk\":{\"S\":\"many\"},\"sk\":{\"S\":\"many\"}}");
    Optional<Item> small = Optional.of(with(key, "stays", new Value.BOOL(true)));
    Map<String, Value> attributes = new LinkedHashMap<>(small.get().attributes());
    for (int i = 0; i < count; i++) {
      attributes.put("attribute " + i, new Value.S("value " + i));
    }
    Optional<Item> large = Optional.of(new Item(attributes));
    attributes.replaceAll((name, value) -> name.startsWith("a") ? new Value.N("7") : value);
    Optional<Item> different = Optional.of(new Item(attributes));
    List<String> wrong = new ArrayList<>();
    PoisonItem name = new PoisonItem(count + " attributes", "{}");
    expect(SwapOutcome.Kind.DONE, Optional.empty(), small, name, wrong);
    if (count > 0) {
      expect(SwapOutcome.Kind.DONE, small, large, name, wrong);
      expect(SwapOutcome.Kind.DONE, large, different, name, wrong);
      expect(SwapOutcome.Kind.DONE, different, small, name, wrong);
      expect(SwapOutcome.Kind.DONE, small, different, name, wrong);
    }
    expect(SwapOutcome.Kind.DONE, count > 0 ? different : small, Optional.empty(), name, wrong);
    assertThat(wrong).isEmpty();
  }

  /** Conditions cannot say this: it is seen by the answers, and taken back. */
  @ParameterizedTest
  @ValueSource(ints = {0, 50, 200})
  void anAttributeThatNobodyKnewOfSurvives(int count) throws Exception {
    Item key = decode("{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"b\"}}");
    Map<String, Value> attributes = new LinkedHashMap<>(key.attributes());
    for (int i = 0; i < count; i++) {
      attributes.put("attribute " + i, new Value.S("value " + i));
    }
    Item seen = new Item(attributes);
    Item there = with(seen, "added", new Value.S("by somebody else"));
    table.put(new String(DynamoDbJson.encode(there), StandardCharsets.UTF_8));
    SortedMap<String, String> contents = table.contents();
    attributes.replaceAll((name, value) -> name.startsWith("a") ? new Value.N("7") : value);
    attributes.put("new", new Value.N("1"));
    for (Optional<Item> after :
        List.of(Optional.<Item>empty(), Optional.of(new Item(attributes)))) {
      assertThat(swap(Optional.of(seen), after)).isEqualTo(SwapOutcome.Kind.CHANGED);
      assertThat(table.contents()).isEqualTo(contents);
    }
    assertThat(counters.deleted() + counters.written()).isZero();
  }

  private void expect(
      SwapOutcome.Kind expected,
      Optional<Item> before,
      Optional<Item> after,
      PoisonItem name,
      List<String> wrong)
      throws InterruptedException {
    SwapOutcome.Kind found = swap(before, after);
    if (found != expected) {
      wrong.add(name + ": " + found + " instead of " + expected);
    }
  }

  private SwapOutcome.Kind swap(Optional<Item> before, Optional<Item> after)
      throws InterruptedException {
    ItemSwap swap = new ItemSwap(keys.read(before.or(() -> after).orElseThrow()), before, after);
    return new SwapWriter(writer()).swap(swap).kind();
  }

  private TableWriter writer() {
    Timing timing = Timing.system();
    RateController rate =
        new RateController(
            OptionalDouble.empty(),
            Duration.ofMinutes(1),
            Ticker.system(),
            timing.sleeper(),
            timing.random(),
            new StopSignal());
    return new TableWriter(
        engine.transport(), table.name(), keys, rate, counters, (key, reason) -> {});
  }

  private Item keyOf(Item item) {
    return keys.attributes(keys.read(item));
  }

  private static Item with(Item item, String name, Value value) {
    Map<String, Value> attributes = new LinkedHashMap<>(item.attributes());
    attributes.put(name, value);
    return new Item(attributes);
  }

  private static Item decode(String json) {
    return DynamoDbJson.decode(json.getBytes(StandardCharsets.UTF_8));
  }
}
