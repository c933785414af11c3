// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.compare.ExpectedItems;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.scan.TableScan.ScannedItems;
import java.util.List;

/** A state of a table, given as items in DynamoDB JSON with single quotes; counts its readings. */
final class TestingItems implements ExpectedItems {
  private final List<String> items;
  private int readings;

  TestingItems(String... items) {
    this(List.of(items));
  }

  TestingItems(List<String> items) {
    this.items = List.copyOf(items);
  }

  int readings() {
    return readings;
  }

  @Override
  public String name() {
    return "items";
  }

  @Override
  public Origin origin() {
    return Origin.RECOVERY_POINT;
  }

  @Override
  public long count() {
    return items.size();
  }

  @Override
  public void read(int workers, RunContext context, ScannedItems consumer)
      throws InterruptedException {
    readings++;
    for (String item : items) {
      byte[] json = item.replace('\'', '"').getBytes(UTF_8);
      consumer.item(json, 0, json.length);
    }
  }
}
