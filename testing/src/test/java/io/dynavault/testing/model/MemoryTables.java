// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.table.TableClients;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.testing.dynamodb.MemoryDynamoDb;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** A table in memory: fast enough for thousands of captures. It believes what a request says. */
final class MemoryTables implements ServedTable {
  private static final int PAGE_BYTES = 900;

  private final MemoryDynamoDb dynamoDb;

  MemoryTables() {
    this.dynamoDb = new MemoryDynamoDb(() -> Instant.EPOCH).withPagesOf(PAGE_BYTES);
  }

  @Override
  public String name() {
    return "orders";
  }

  @Override
  public void create() {
    dynamoDb
        .client()
        .createTable(
            CreateTableRequest.builder()
                .tableName(name())
                .keySchema(
                    KeySchemaElement.builder().attributeName("pk").keyType("HASH").build(),
                    KeySchemaElement.builder().attributeName("sk").keyType("RANGE").build())
                .attributeDefinitions(
                    AttributeDefinition.builder().attributeName("pk").attributeType("S").build(),
                    AttributeDefinition.builder().attributeName("sk").attributeType("N").build())
                .billingMode("PAY_PER_REQUEST")
                .build());
  }

  @Override
  public void drop() {
    dynamoDb.client().deleteTable(request -> request.tableName(name()));
  }

  @Override
  public List<Change> write(WriteRequest request) {
    for (Change change : request.changes()) {
      String part =
          change.after() == null
              ? "{\"DeleteRequest\":{\"Key\":" + change.key() + "}}"
              : "{\"PutRequest\":{\"Item\":" + change.after() + "}}";
      byte[] body = "{\"RequestItems\":{\"%s\":[%s]}}".formatted(name(), part).getBytes(UTF_8);
      try (DynamoDbTransport transport = transport()) {
        transport.call("BatchWriteItem", body, body.length, new ResponseBuffer());
      }
    }
    return request.changes();
  }

  @Override
  public DynamoDbTransport transport() {
    return dynamoDb.transport();
  }

  @Override
  public TableClients clients() {
    return dynamoDb.clients();
  }

  @Override
  public void close() {}
}
