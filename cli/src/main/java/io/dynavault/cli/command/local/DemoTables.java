// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.local;

import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemComparison;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import io.dynavault.format.item.ScanPage;
import io.dynavault.local.demo.DemoTable;
import io.dynavault.local.demo.GeneratedTable;
import io.dynavault.local.demo.OrdersTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The tables of the demo and what happens to them. */
final class DemoTables {
  static final String ORDERS = "demo-orders";
  static final String EVENTS = "demo-events";

  private static final KeyReader EVENT_KEYS =
      new KeyReader(
          KeySchema.of(
              new KeyAttribute("customer", ScalarType.S), new KeyAttribute("event", ScalarType.S)));
  private static final int BATCH = 25;
  private static final int SIZE = 3_000;
  private static final long SEED = 42;
  private static final int DELETED = 100;
  private static final int OVERWRITTEN = 50;

  private final DynamoDbTransport transport;
  private final ResponseBuffer response = new ResponseBuffer();
  private final DemoTable orders = new OrdersTable(ORDERS);
  private final GeneratedTable events = new GeneratedTable(EVENTS, SIZE, SEED);

  DemoTables(DynamoDbTransport transport) {
    this.transport = transport;
  }

  /** Creates both; returns the number of their items. */
  int createAndFill() {
    for (DemoTable table : List.of(orders, events)) {
      call("CreateTable", table.createTableRequest());
      table.updateTimeToLiveRequest().ifPresent(request -> call("UpdateTimeToLive", request));
      write(table.name(), table.items().map("{\"PutRequest\":{\"Item\":%s}}"::formatted).toList());
    }
    return orders.size() + events.size();
  }

  /** Deletes some events and overwrites others; returns how many. */
  int damage() {
    List<String> requests = new ArrayList<>();
    for (int index = 0; index < DELETED; index++) {
      requests.add("{\"DeleteRequest\":{\"Key\":" + eventKey(index) + "}}");
    }
    for (int index = DELETED; index < DELETED + OVERWRITTEN; index++) {
      requests.add("{\"PutRequest\":{\"Item\":" + eventKey(index) + "}}");
    }
    write(EVENTS, requests);
    return DELETED + OVERWRITTEN;
  }

  /** The condition that chooses one of the deleted events. */
  String deletedEvent() {
    return eventKey(0);
  }

  /** All items of a table, read without anything that backs up or restores. */
  Set<Item> contents(String table) {
    call("Scan", "{\"TableName\":\"%s\",\"ConsistentRead\":true}".formatted(table));
    Set<Item> items = new HashSet<>();
    ScanPage page = new ScanPage();
    while (true) {
      page.parse(response.array(), response.length());
      for (int i = 0; i < page.itemCount(); i++) {
        items.add(
            ItemComparison.canonical(
                DynamoDbJson.decode(response.array(), page.itemOffset(i), page.itemLength(i))));
      }
      if (!page.hasLastEvaluatedKey()) {
        return items;
      }
      call(
          "Scan",
          "{\"TableName\":\"%s\",\"ConsistentRead\":true,\"ExclusiveStartKey\":%s}"
              .formatted(table, lastKey(page)));
    }
  }

  private String lastKey(ScanPage page) {
    return new String(
        response.array(),
        page.lastEvaluatedKeyOffset(),
        page.lastEvaluatedKeyLength(),
        StandardCharsets.UTF_8);
  }

  private String eventKey(int index) {
    Item item = DynamoDbJson.decode(events.item(index).getBytes(StandardCharsets.UTF_8));
    Item key = EVENT_KEYS.attributes(EVENT_KEYS.read(item));
    return new String(DynamoDbJson.encode(key), StandardCharsets.UTF_8);
  }

  /** DynamoDB Local takes every batch whole. */
  private void write(String table, List<String> requests) {
    for (int from = 0; from < requests.size(); from += BATCH) {
      List<String> batch = requests.subList(from, Math.min(from + BATCH, requests.size()));
      call(
          "BatchWriteItem",
          String.format(
              Locale.ROOT, "{\"RequestItems\":{\"%s\":[%s]}}", table, String.join(",", batch)));
    }
  }

  private void call(String operation, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    transport.call(operation, body, body.length, response);
  }
}
