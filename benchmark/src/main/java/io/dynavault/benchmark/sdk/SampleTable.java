// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.sdk;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A table of items of 600 bytes on a real server. */
public final class SampleTable implements AutoCloseable {
  private static final String KEY = "pk";
  private static final int THREADS = 4;
  private static final int MOST_REQUESTS = 25;
  private static final int ITEM_BYTES = 600;

  private final String name;
  private final DynamoDbClient client;

  /** Creates the table. */
  public SampleTable(URI endpoint, String name) {
    this.name = name;
    this.client =
        DynamoDbClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClientBuilder(ApacheHttpClient.builder())
            .build();
    client.createTable(
        table ->
            table
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName(KEY)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName(KEY).keyType(KeyType.HASH).build()));
  }

  /** Puts items. */
  public void fill(int items) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (int from = 0; from < items; from += MOST_REQUESTS) {
        int first = from;
        int last = Math.min(items, from + MOST_REQUESTS);
        parts.add(threads.submit(() -> put(first, last)));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void put(int from, int to) {
    List<WriteRequest> requests = new ArrayList<>();
    for (int number = from; number < to; number++) {
      Map<String, AttributeValue> item = item(number);
      requests.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
    }
    client.batchWriteItem(write -> write.requestItems(Map.of(name, requests)));
  }

  /** Name and value of each attribute count with their bytes, numbers with one per two digits. */
  private static Map<String, AttributeValue> item(int number) {
    String key = "item-%08d".formatted(number);
    String status = number % 3 == 0 ? "SHIPPED" : "PENDING";
    int others = 2 + key.length() + 6 + status.length() + 4;
    String text = "lorem ipsum dolor sit amet %d ".formatted(number * 31).repeat(20);
    return Map.of(
        "pk", AttributeValue.fromS(key),
        "status", AttributeValue.fromS(status),
        "text", AttributeValue.fromS(text.substring(0, ITEM_BYTES - others)));
  }

  @Override
  public void close() {
    client.close();
  }
}
