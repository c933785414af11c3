// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.local;

import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ResponseBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables of the demo and what happens to them. */
final class DemoTables {
  static final String ORDERS = "demo-orders";
  static final String THINGS = "demo-things";

  private static final int BATCH = 25;
  private static final int DELETED = 100;
  private static final int OVERWRITTEN = 50;

  private final DynamoDbTransport transport;
  private final ResponseBuffer response = new ResponseBuffer();

  DemoTables(DynamoDbTransport transport) {
    this.transport = transport;
  }

  /** Creates both; returns the number of their items. */
  int createAndFill() {
    call("CreateTable", DemoItems.createOrders(ORDERS));
    call("CreateTable", DemoItems.createThings(THINGS));
    call(
        "UpdateTimeToLive",
        "{\"TableName\":\"%s\",\"TimeToLiveSpecification\":{\"Enabled\":true,\"AttributeName\":\"expires\"}}"
            .formatted(THINGS));
    List<String> orders = DemoItems.orders();
    List<String> things = DemoItems.things();
    put(ORDERS, orders);
    put(THINGS, things);
    return orders.size() + things.size();
  }

  /** Deletes some things and overwrites others; returns how many. */
  int damage() {
    List<String> requests = new ArrayList<>();
    for (int number = 0; number < DELETED; number++) {
      requests.add("{\"DeleteRequest\":{\"Key\":" + DemoItems.key(number) + "}}");
    }
    for (int number = DELETED; number < DELETED + OVERWRITTEN; number++) {
      requests.add("{\"PutRequest\":{\"Item\":" + DemoItems.key(number) + "}}");
    }
    write(THINGS, requests);
    return DELETED + OVERWRITTEN;
  }

  private void put(String table, List<String> items) {
    write(table, items.stream().map("{\"PutRequest\":{\"Item\":%s}}"::formatted).toList());
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
