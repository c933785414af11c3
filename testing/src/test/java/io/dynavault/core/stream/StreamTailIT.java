// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.testing.TestingServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

class StreamTailIT {
  /** More than any machine needs; nothing depends on it when things work. */
  private static final int MAX_POLLS = 600;

  private final DynamoDbClient dynamoDb = TestingServers.dynamoDbClient();
  private final String table = TestingServers.newTableName("stream-tail");
  private final ReadChanges read = new ReadChanges();
  private final StreamClient client =
      HttpStreamClient.open(
          EndpointConfig.of(
              TestingServers.dynamoDb().endpoint(),
              TestingServers.region().id(),
              TestingServers.credentialsProvider()),
          TransportConfig.forThreads(8),
          Timing.system(),
          new TransportCounters());

  @AfterEach
  void close() {
    client.close();
  }

  private String createTable() {
    return dynamoDb
        .createTable(
            request ->
                request
                    .tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("pk")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("pk")
                            .keyType(KeyType.HASH)
                            .build())
                    .streamSpecification(
                        of ->
                            of.streamEnabled(true)
                                .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
        .tableDescription()
        .latestStreamArn();
  }

  private void put(String key, String value) {
    dynamoDb.putItem(
        request ->
            request
                .tableName(table)
                .item(
                    Map.of("pk", AttributeValue.fromS(key), "value", AttributeValue.fromS(value))));
  }

  private void delete(String key) {
    dynamoDb.deleteItem(
        request -> request.tableName(table).key(Map.of("pk", AttributeValue.fromS(key))));
  }

  private void pollUntil(StreamTail tail, int changes) throws InterruptedException {
    for (int i = 0; i < MAX_POLLS && read.changes().size() < changes; i++) {
      tail.poll(read);
    }
  }

  @Test
  void readsWhatIsWrittenAndGoesOnAfterARestart() throws InterruptedException {
    String arn = createTable();
    put("before", "1");
    StreamTail tail = StreamTail.begin(client, arn, TailSettings.system());
    put("a", "1");
    put("a", "2");
    pollUntil(tail, 2);
    delete("a");
    put("b", "1");
    StreamTail next =
        StreamTail.resume(client, arn, tail.positions(), tail.completeTo(), TailSettings.system());
    pollUntil(next, 4);
    next.poll(read);
    assertThat(read.lines())
        .containsExactly("INSERT a null 1", "MODIFY a 1 2", "REMOVE a 2 null", "INSERT b null 1");
    assertThat(client.isAws()).isFalse();
  }

  @Test
  void readsAllFromPositionsOfABeginning() throws InterruptedException {
    String arn = createTable();
    StreamTail tail = StreamTail.begin(client, arn, TailSettings.system());
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      put("k" + i % 7, "v" + i);
      written.add("v" + i);
    }
    StreamTail afterCrash =
        StreamTail.resume(client, arn, tail.positions(), tail.completeTo(), TailSettings.system());
    pollUntil(afterCrash, written.size());
    assertThat(read.lines().stream().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
        .isEqualTo(written);
  }

  @Test
  void timesAreThoseOfTheWritesToASecondOrTwo() throws InterruptedException {
    String arn = createTable();
    StreamTail tail = StreamTail.begin(client, arn, TailSettings.system());
    tail.poll(read);
    for (int i = 0; i < 5; i++) {
      long before = Instant.now().getEpochSecond();
      put("a", "v" + i);
      pollUntil(tail, i + 1);
      long after = Instant.now().getEpochSecond();
      long second = read.times().get(i) / 1_000_000;
      assertThat(second).isBetween(before - 1, after);
    }
  }

  @Test
  void aFreshTableIsNoGapAndBecomesComplete() throws InterruptedException {
    String arn = createTable();
    StreamTail tail = StreamTail.begin(client, arn, TailSettings.system());
    Instant began = tail.completeTo();
    StreamTail resumed =
        StreamTail.resume(client, arn, tail.positions(), began, TailSettings.system());
    for (int i = 0; i < MAX_POLLS && !resumed.completeTo().isAfter(began); i++) {
      resumed.poll(read);
    }
    assertThat(resumed.completeTo()).isAfter(began);
    assertThat(resumed.completeTo()).isBeforeOrEqualTo(Instant.now().minus(Duration.ofSeconds(1)));
  }

  @Test
  void reportsAStreamThatIsSwitchedOff() throws InterruptedException {
    String arn = createTable();
    StreamTail tail = StreamTail.begin(client, arn, TailSettings.system());
    put("a", "1");
    dynamoDb.updateTable(
        request -> request.tableName(table).streamSpecification(of -> of.streamEnabled(false)));
    StreamGapException gap =
        catchThrowableOfType(
            StreamGapException.class,
            () -> {
              for (int i = 0; i < MAX_POLLS; i++) {
                tail.poll(read);
              }
            });
    assertThat(gap.reason()).isEqualTo(StreamGapException.Reason.STREAM_DISABLED);
    assertThat(read.lines()).containsExactly("INSERT a null 1");
  }

  @Test
  void reportsAStreamThatDoesNotExist() {
    String arn = createTable();
    String other = arn.substring(0, arn.lastIndexOf('/') + 1) + "2020-01-02T03:04:05.678";
    StreamRefusedException refusal =
        catchThrowableOfType(
            StreamRefusedException.class,
            () -> StreamTail.begin(client, other, TailSettings.system()));
    assertThat(refusal.reason()).isEqualTo(StreamRefusedException.Reason.NOT_FOUND);
  }
}
