// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.expression.ItemSelection;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChangedItemsTest {
  private static final Instant TO = Instant.parse("2026-11-21T09:30:00Z");
  private static final KeyReader KEYS =
      new KeyReader(KeySchema.of(new KeyAttribute("pk", ScalarType.N)));

  /** A hundred items of 400 KB at once, three images of each, are more than most heaps hold. */
  @Test
  @Tag("G9")
  void largeItemsAreHandedOutFewAtATime() {
    assertThat(batches(12, 390_000)).hasSize(12).allMatch(size -> size == 1);
    assertThat(batches(12, 100_000)).allMatch(size -> size <= 3);
  }

  @Test
  void smallItemsAreHandedOutAsManyAsARequestTakes() {
    assertThat(batches(250, 100).stream().mapToInt(size -> size).sum()).isEqualTo(250);
    assertThat(batches(250, 100)).hasSize(3).startsWith(100);
  }

  private static List<Integer> batches(int count, int bytes) {
    BacktrackRequest request =
        new BacktrackRequest(
            TO, Optional.empty(), Optional.empty(), Optional.empty(), ItemSelection.everything());
    List<Integer> sizes = new ArrayList<>();
    try (ChangedItems items = new ChangedItems(request, KEYS)) {
      for (int i = 0; i < count; i++) {
        add(items, i, bytes);
      }
      items.finish();
      for (List<Wanted> some = items.next(); !some.isEmpty(); some = items.next()) {
        sizes.add(some.size());
      }
    }
    return sizes;
  }

  /** One that was changed after the moment, with images of this size before and after it. */
  private static void add(ChangedItems items, int number, int bytes) {
    String key = "{\"pk\":{\"N\":\"%d\"}}".formatted(number);
    String image =
        "{\"pk\":{\"N\":\"%d\"},\"x\":{\"S\":\"%s\"}}".formatted(number, "y".repeat(bytes));
    byte[] text = (key + image + image.replace('y', 'z')).getBytes(UTF_8);
    items.add(
        new ChangedItems.Place(1, number, TO.plusSeconds(1).toEpochMilli() * 1000, false),
        text,
        new ChangedItems.Slice(0, key.length()),
        new ChangedItems.Slice(key.length(), image.length()),
        new ChangedItems.Slice(key.length() + image.length(), image.length()));
  }
}
