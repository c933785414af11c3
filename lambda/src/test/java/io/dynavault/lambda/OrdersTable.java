// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import io.dynavault.testing.TestingServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A table of DynamoDB Local with the key {@code pk}, and what tests do with it. */
final class OrdersTable implements AutoCloseable {
  static final byte[] BYTES = {0, 1, (byte) 0xff, (byte) 0xfe, '='};

  private static final int BATCH = 25;

  private final DynamoDbClient client = TestingServers.dynamoDbClient();
  final String name;

  OrdersTable(String name) {
    this.name = name;
    TestTables.create(client, name, "pk");
  }

  static OrdersTable create() {
    return new OrdersTable(TestingServers.newTableName("orders"));
  }

  /** Adds items {@code item-0}, {@code item-1}, …, which have binary values at every depth. */
  void fill(int count) {
    List<WriteRequest> writes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, AttributeValue> item = item("item-" + i, "as it was");
      writes.add(WriteRequest.builder().putRequest(p -> p.item(item)).build());
      if (writes.size() == BATCH || i == count - 1) {
        Map<String, List<WriteRequest>> batch = Map.of(name, List.copyOf(writes));
        client.batchWriteItem(b -> b.requestItems(batch));
        writes.clear();
      }
    }
  }

  void put(String pk, String text) {
    client.putItem(b -> b.tableName(name).item(item(pk, text)));
  }

  private static Map<String, AttributeValue> item(String pk, String text) {
    AttributeValue bytes = AttributeValue.fromB(SdkBytes.fromByteArray(BYTES));
    AttributeValue set = AttributeValue.fromBs(List.of(bytes.b()));
    return Map.of(
        "pk", AttributeValue.fromS(pk),
        "text", AttributeValue.fromS(text),
        "b", bytes,
        "bs", set,
        "m", AttributeValue.fromM(Map.of("l", AttributeValue.fromL(List.of(bytes, set)))));
  }

  /** All items by key. */
  Map<String, Map<String, AttributeValue>> items() {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    client
        .scanPaginator(b -> b.tableName(name).consistentRead(true))
        .items()
        .forEach(item -> items.put(item.get("pk").s(), item));
    return items;
  }

  boolean exists() {
    return client.listTables().tableNames().contains(name);
  }

  void delete() {
    client.deleteTable(b -> b.tableName(name));
  }

  @Override
  public void close() {
    try {
      delete();
    } catch (ResourceNotFoundException e) {
      // a test has deleted it
    }
  }
}
