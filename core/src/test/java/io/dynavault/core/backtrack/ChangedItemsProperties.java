// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.expression.KeyFilter;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A model replays all changes of random histories; what is handed out must say the same. */
class ChangedItemsProperties {
  private static final KeySchema SCHEMA = KeySchema.of(new KeyAttribute("pk", ScalarType.N));
  private static final KeyReader KEYS = new KeyReader(SCHEMA);
  private static final Instant START = Instant.parse("2026-11-21T09:30:00Z");
  private static final String NONE = "";

  private record Change(int key, long second, String before, String after, boolean expired) {}

  @Property(tries = 300)
  void whatItemsWereAndAreIsWhatAReplaySays(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 40) int count,
      @ForAll @IntRange(min = 0, max = 25) int to,
      @ForAll @IntRange(min = 0, max = 10) int from,
      @ForAll @IntRange(min = 1, max = 10) int length) {
    Random random = new Random(seed);
    List<Change> changes = history(random, count);
    Instant toTime = second(to);
    BacktrackRequest request =
        new BacktrackRequest(
            toTime,
            from == 0 ? Optional.empty() : Optional.of(second(to + from)),
            length == 10 ? Optional.empty() : Optional.of(second(to + from + length)),
            random.nextBoolean() ? Optional.empty() : Optional.of(second(to + from)),
            random.nextBoolean()
                ? ItemSelection.everything()
                : ItemSelection.everything()
                    .withKeys(KeyFilter.parse(List.of("pk=1", "pk=3"), SCHEMA)));
    assertThat(handedOut(changes, request, random)).isEqualTo(expected(changes, request));
  }

  /** Times of one key never run backwards; those of several keys need no order. */
  private static List<Change> history(Random random, int count) {
    List<Change> changes = new ArrayList<>();
    Map<Integer, String> items = new HashMap<>();
    Map<Integer, Long> times = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int key = random.nextInt(5);
      String before = items.getOrDefault(key, NONE);
      boolean remove = !before.isEmpty() && random.nextInt(3) == 0;
      String after =
          remove ? NONE : "{\"pk\":{\"N\":\"%d\"},\"v\":{\"N\":\"%d\"}}".formatted(key, i);
      long second = times.getOrDefault(key, 0L) + random.nextInt(6);
      times.put(key, second);
      items.put(key, after);
      changes.add(new Change(key, second, before, after, remove && random.nextBoolean()));
    }
    return changes;
  }

  private static Map<Integer, String> expected(List<Change> changes, BacktrackRequest request) {
    Map<Integer, String> expected = new TreeMap<>();
    for (int key : new TreeSet<>(changes.stream().map(Change::key).toList())) {
      List<Change> own = changes.stream().filter(change -> change.key() == key).toList();
      String target = NONE;
      boolean wanted = false;
      for (Change change : own) {
        Instant time = second(change.second());
        if (time.isBefore(request.toTime())) {
          target = change.after();
        } else if (!time.isBefore(request.changedFrom().orElse(request.toTime()))
            && time.isBefore(request.changedTo().orElse(Instant.MAX))) {
          wanted = true;
        }
      }
      Change last = own.get(own.size() - 1);
      boolean kept =
          !second(last.second()).isBefore(request.unlessChangedSince().orElse(Instant.MAX));
      boolean chosen = request.selection().keys().isEmpty() || key == 1 || key == 3;
      if (wanted && chosen) {
        expected.put(key, text(target, last.after(), kept, last.expired()));
      }
    }
    return expected;
  }

  private static Map<Integer, String> handedOut(
      List<Change> changes, BacktrackRequest request, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    Map<Integer, String> found = new TreeMap<>();
    try (ChangedItems items = new ChangedItems(request, KEYS)) {
      order.forEach(i -> add(items, i, changes.get(i)));
      items.finish();
      for (List<Wanted> some = items.next(); !some.isEmpty(); some = items.next()) {
        for (Wanted one : some) {
          String key = KEYS.display(one.key()).replaceAll("[^0-9]", "");
          String former =
              found.put(
                  Integer.valueOf(key),
                  text(
                      json(one.target()),
                      json(one.known()),
                      one.keep().isPresent(),
                      one.expired()));
          assertThat(former).isNull();
        }
      }
    }
    return found;
  }

  /** Keys in the changes are numbers written in several ways. */
  private static void add(ChangedItems items, int number, Change change) {
    String key = "{\"pk\":{\"N\":\"%d%s\"}}".formatted(change.key(), number % 2 == 0 ? "" : ".0");
    byte[] text = ("x" + key + change.before() + change.after()).getBytes(UTF_8);
    int old = 1 + key.length();
    items.add(
        new ChangedItems.Place(
            number / 3 + 1, number, change.second() * 1_000_000 + micros(), change.expired()),
        text,
        new ChangedItems.Slice(1, key.length()),
        slice(old, change.before()),
        slice(old + change.before().length(), change.after()));
  }

  private static long micros() {
    return START.getEpochSecond() * 1_000_000;
  }

  private static ChangedItems.Slice slice(int offset, String text) {
    return text.isEmpty() ? ChangedItems.Slice.NONE : new ChangedItems.Slice(offset, text.length());
  }

  private static String text(String target, String known, boolean kept, boolean expired) {
    return target + " from " + known + (kept ? " kept" : "") + (expired ? " expired" : "");
  }

  private static String json(Optional<Item> item) {
    return item.map(DynamoDbJson::encode).map(bytes -> new String(bytes, UTF_8)).orElse(NONE);
  }

  private static Instant second(long second) {
    return START.plusSeconds(second);
  }
}
