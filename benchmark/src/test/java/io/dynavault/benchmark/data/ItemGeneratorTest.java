// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.ItemSize;
import io.dynavault.format.item.ScanPage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ItemGeneratorTest {

  @ParameterizedTest
  @EnumSource
  void makesItemsThatDynamoDbWouldStoreEachWithItsOwnKey(Shape shape) {
    ItemGenerator generator = new ItemGenerator(shape);
    Set<Object> keys = new HashSet<>();
    for (int number = 0; number < 200; number++) {
      keys.add(DynamoDbJson.decode(generator.item(number)).attributes().get("pk"));
    }
    assertThat(keys).hasSize(200);
  }

  @ParameterizedTest
  @EnumSource
  void makesTheSameItemForTheSameNumber(Shape shape) {
    assertThat(new ItemGenerator(shape).item(7)).isEqualTo(new ItemGenerator(shape).item(7));
    assertThat(new ItemGenerator(shape).item(7)).isNotEqualTo(new ItemGenerator(shape).item(8));
  }

  /** The goals are for items of about 0.8 KB; budgets count one unit for each. */
  @Test
  void mixedItemsHaveAboutTheWantedSize() {
    ItemGenerator generator = new ItemGenerator(Shape.MIXED);
    long json = 0;
    for (int number = 0; number < 1000; number++) {
      byte[] item = generator.item(number);
      json += item.length;
      assertThat(ItemSize.of(item, 0, item.length)).isLessThanOrEqualTo(1024);
    }
    assertThat(json / 1000).isBetween(700L, 900L);
  }

  @ParameterizedTest
  @EnumSource
  void pagesHoldAllItemsAndAreNotLargerThanTheServices(Shape shape) {
    Pages pages = Pages.of(shape, 3000);
    ScanPage parsed = new ScanPage();
    long items = 0;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int number = 0; number < pages.count(); number++) {
      byte[] body = Arrays.copyOf(pages.get(number).body(), pages.get(number).body().length + 1);
      body[body.length - 1] = '}';
      parsed.parse(body, body.length);
      long size = 0;
      for (int i = 0; i < parsed.itemCount(); i++) {
        size += parsed.itemSize(i);
        all.write(body, parsed.itemOffset(i), parsed.itemLength(i));
      }
      items += parsed.itemCount();
      assertThat(size).isEqualTo(pages.get(number).itemBytes()).isLessThanOrEqualTo(1 << 20);
    }
    assertThat(items).isEqualTo(3000).isEqualTo(pages.items(pages.count()));
    assertThat(all.size()).isEqualTo((int) pages.jsonBytes(pages.count()));
    assertThat(all.toString(StandardCharsets.UTF_8)).startsWith("{\"pk\":{\"S\":\"");
  }
}
