// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.core.stream.HttpStreamClient;
import io.dynavault.core.stream.ShardStart;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.transport.HttpTransport;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.CanonicalItem;
import io.dynavault.testing.table.DynamoDbJsonClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A table of DynamoDB Local. What its stream says of a request is read at once and must be what the
 * request was expected to change.
 */
final class LocalTables implements ServedTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_READS = 1000;

  private final String name = TestingServers.newTableName("known");
  private final DynamoDbJsonClient client =
      new DynamoDbJsonClient(TestingServers.dynamoDb().endpoint());
  private final EndpointConfig endpoint =
      TestingEngine.config(TestingServers.dynamoDb().endpoint());
  private final TableClients clients = TableClients.open(endpoint);
  private final StreamClient streams =
      HttpStreamClient.open(
          endpoint, TransportConfig.forThreads(2), Timing.system(), new TransportCounters());
  private final ResponseBuffer buffer = new ResponseBuffer();
  private final ExecutorService writer = Executors.newSingleThreadExecutor();
  private String iterator = "";

  @Override
  public String name() {
    return name;
  }

  @Override
  public void create() {
    JsonNode answer =
        client.call(
            "CreateTable",
            """
            {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
             "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
             "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"}],
             "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}}
            """
                .formatted(name));
    String arn = answer.path("TableDescription").path("LatestStreamArn").textValue();
    String shard = streams.describe(arn).shards().get(0).id();
    iterator =
        streams.iterator(
            arn, shard, new ShardStart(ShardStart.Kind.TRIM_HORIZON, Optional.empty()));
  }

  @Override
  public void drop() {
    client.call("DeleteTable", "{\"TableName\":\"" + name + "\"}");
  }

  /**
   * On a thread of its own: whose scan is stopped may be the one that lets time pass, and the table
   * is written whatever becomes of it.
   */
  @Override
  public List<Change> write(WriteRequest request) {
    return CompletableFuture.supplyAsync(() -> writeNow(request), writer).join();
  }

  private List<Change> writeNow(WriteRequest request) {
    JsonNode answer = client.call(request.operation(), request.body());
    assertThat(answer.path("UnprocessedItems")).isEmpty();
    Map<String, Change> expected = new LinkedHashMap<>();
    request.changes().forEach(change -> expected.put(change.key(), change));
    List<Change> recorded = new ArrayList<>();
    for (int reads = 0; recorded.size() < expected.size() && reads < MAX_READS; reads++) {
      for (JsonNode one : records()) {
        JsonNode record = one.path("dynamodb");
        String key = CanonicalItem.of(record.path("Keys").toString());
        Change change = expected.get(key);
        assertThat(change).as("the stream has %s, not expected of %s", one, request).isNotNull();
        recorded.add(
            new Change(
                key,
                image(record.get("OldImage")),
                image(record.get("NewImage")),
                change.expiry()));
      }
    }
    assertThat(recorded).as(request.body()).containsExactlyInAnyOrderElementsOf(expected.values());
    return recorded;
  }

  private JsonNode records() {
    streams.records(iterator, buffer);
    try {
      JsonNode page = JSON.readTree(buffer.array(), 0, buffer.length());
      iterator = page.path("NextShardIterator").textValue();
      return page.path("Records");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String image(@Nullable JsonNode image) {
    return image == null ? null : CanonicalItem.of(image.toString());
  }

  @Override
  public DynamoDbTransport transport() {
    return HttpTransport.open(
        endpoint, TransportConfig.forThreads(8), Timing.system(), new TransportCounters());
  }

  @Override
  public TableClients clients() {
    return clients;
  }

  @Override
  public void close() {
    writer.shutdown();
    streams.close();
    clients.close();
  }
}
