// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.dynamodb;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.transport.DynamoDbTransport;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Tables in memory, as a transport and as a client of the SDK. It keeps items as the text that they
 * came in, where DynamoDB would write numbers its own way; it knows no indexes, filters and
 * expressions but the one of a put that must not replace. What it does not know it refuses. Safe
 * for several threads.
 */
public final class MemoryDynamoDb {
  static final URI ENDPOINT = URI.create("http://localhost:8000");

  private final InstantSource clock;
  private final Map<String, MemoryTable> tables = new TreeMap<>();
  private final MemoryClient client = new MemoryClient(this);
  private long pageBytes = 1 << 20;
  private long created;

  public MemoryDynamoDb(InstantSource clock) {
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The tables of this moment, by another clock: what is done to them is done here alone. */
  public synchronized MemoryDynamoDb copy(InstantSource otherClock) {
    MemoryDynamoDb copy = new MemoryDynamoDb(otherClock).withPagesOf(pageBytes);
    tables.forEach((name, table) -> copy.tables.put(name, new MemoryTable(table)));
    copy.created = created;
    return copy;
  }

  /** Ends pages of a scan at this size instead of 1 MB. */
  public synchronized MemoryDynamoDb withPagesOf(long bytes) {
    pageBytes = bytes;
    return this;
  }

  /** Reads and writes items. */
  public DynamoDbTransport transport() {
    return new MemoryTransport(this);
  }

  /** Describes, creates and deletes tables. */
  public DynamoDbClient client() {
    return client;
  }

  public TableClients clients() {
    return new TableClients(client, Optional.empty());
  }

  /** All items of a table by their keys, both in the DynamoDB JSON that they came in. */
  public synchronized SortedMap<String, String> contents(String table) {
    return existing(table).contents();
  }

  public synchronized boolean exists(String table) {
    return tables.containsKey(table);
  }

  synchronized TableDescription create(CreateTableRequest request) {
    if (tables.containsKey(request.tableName())) {
      throw new ServiceError(
              ErrorCode.REQUEST_REFUSED,
              "ResourceInUseException",
              "Table already exists: " + request.tableName())
          .ofTransport();
    }
    created++;
    TableDescription description =
        TableDescription.builder()
            .tableName(request.tableName())
            .tableArn("arn:aws:dynamodb:us-east-1:111122223333:table/" + request.tableName())
            .tableId(new UUID(0x4000, created).toString())
            .tableStatus("ACTIVE")
            .creationDateTime(clock.instant())
            .keySchema(request.keySchema())
            .attributeDefinitions(request.attributeDefinitions())
            .itemCount(0L)
            .tableSizeBytes(0L)
            .billingModeSummary(b -> b.billingMode("PAY_PER_REQUEST"))
            .build();
    tables.put(request.tableName(), new MemoryTable(request, description));
    return description;
  }

  synchronized TableDescription drop(String table) {
    TableDescription description = existing(table).description;
    tables.remove(table);
    return description;
  }

  synchronized TableDescription describe(String table) {
    return existing(table).description;
  }

  /** What is done with a table while nobody else does anything. */
  @FunctionalInterface
  interface Action<T> {
    T on(MemoryTable table, long pageBytes);
  }

  synchronized <T> T with(String table, Action<T> action) {
    return action.on(existing(table), pageBytes);
  }

  private MemoryTable existing(String name) {
    MemoryTable table = tables.get(name);
    if (table == null) {
      throw ServiceError.tableNotFound(name).ofTransport();
    }
    return table;
  }
}
