// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.consistent;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureEvent;
import io.dynavault.core.capture.CaptureOptions;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.capture.CaptureRequest;
import io.dynavault.core.capture.CaptureRun;
import io.dynavault.core.capture.ScannedBase;
import io.dynavault.core.capture.ServerTable;
import io.dynavault.core.compact.CompactResult;
import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.stream.HttpStreamClient;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPoint.Consistency;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.Value;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Backups of a table while one writer goes round and round over its counters, each by one at a
 * time. At any moment, those at the beginning are one round ahead of those behind the writer, and
 * no two differ by more. A scan that is not put right sees other pictures: pages are read at
 * different times.
 */
@Timeout(180)
@Tag("G10")
class ConsistentBackupIT {
  private static final int COUNTERS = 60;

  /** So large that the table has several pages. */
  private static final String PADDING = "x".repeat(40_000);

  private final URI endpoint = TestingServers.dynamoDb().endpoint();
  private final String table = TestingServers.newTableName("counters");
  private final MemoryStore store = MemoryStore.isolated(InstantSource.system());
  private final StopSignal writing = new StopSignal();
  private TestingEngine engine;
  private StreamClient streams;
  private FutureTask<Integer> writer;
  private final CountDownLatch begun = new CountDownLatch(1);

  @BeforeEach
  void writeWithoutEnd() {
    engine = TestingEngine.on(store, endpoint);
    streams =
        HttpStreamClient.open(
            TestingEngine.config(endpoint),
            TransportConfig.forThreads(8),
            Timing.system(),
            new TransportCounters());
    DynamoDbClient client = engine.clients().dynamoDb();
    client.createTable(
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
                    KeySchemaElement.builder().attributeName("pk").keyType(KeyType.HASH).build()));
    round(client, 0);
    writer =
        new FutureTask<>(
            () -> {
              int round = 0;
              while (!writing.isRequested()) {
                round(client, ++round);
              }
              return round;
            });
    new Thread(writer, "writer").start();
  }

  private void round(DynamoDbClient client, int round) {
    for (int counter = 0; counter < COUNTERS; counter++) {
      client.putItem(put(counter, round));
    }
  }

  private PutItemRequest put(int counter, int round) {
    return PutItemRequest.builder()
        .tableName(table)
        .item(
            Map.of(
                "pk",
                AttributeValue.fromS("%03d".formatted(counter)),
                "round",
                AttributeValue.fromN(Integer.toString(round)),
                "padding",
                AttributeValue.fromS(PADDING)))
        .build();
  }

  @AfterEach
  void close() throws Exception {
    writing.request();
    writer.get(60, TimeUnit.SECONDS);
    engine.clients().dynamoDb().deleteTable(request -> request.tableName(table));
    streams.close();
    engine.close();
  }

  private CaptureRequest request(Until until, StopSignal stop) {
    return new CaptureRequest(
        new ServerTable(table, engine.clients(), Sleeper.system(), stop),
        engine.vault(),
        streams,
        new ScannedBase(
            engine.vault(),
            engine.transport(),
            engine::describe,
            TestingEngine.options(OutputFormat.DYNAMODB_JSON, Compression.GZIP),
            "test"),
        new CaptureOptions(Duration.ofMillis(500), 1 << 20, until),
        (name, event) -> {
          if (event instanceof CaptureEvent.Begun) {
            begun.countDown();
          }
        },
        "test");
  }

  private CompactResult backUp() throws InterruptedException {
    StopSignal stop = new StopSignal();
    return backUp(RunContext.system(table, stop), stop);
  }

  private CompactResult backUp(RunContext context, StopSignal stop) throws InterruptedException {
    return new ConsistentBackupRun(request(Until.CAUGHT_UP, stop), context)
        .run(TestingEngine.options(OutputFormat.DYNAMODB_JSON, Compression.GZIP));
  }

  /** On a machine whose clock is a minute behind. */
  private CompactResult backUpBehind() throws InterruptedException {
    StopSignal stop = new StopSignal();
    InstantSource clock = () -> InstantSource.system().instant().minusSeconds(60);
    return backUp(
        new RunContext(
            new Timing(clock, Sleeper.system(), new Random(5)),
            Ticker.system(),
            new Progress(table),
            stop),
        stop);
  }

  @Test
  void theBackupIsOfOneMoment() throws InterruptedException {
    RecoveryPoint first = backUp().point();
    RecoveryPoint second = backUp().point(); // goes on with the chain of the first one

    assertThat(first.consistency()).isEqualTo(Consistency.POINT_IN_TIME);
    requireOneMoment(rounds(first));
    requireOneMoment(rounds(second));
    assertThat(second.startTime()).isAfter(first.startTime());
    assertThat(Collections.min(rounds(second).values()))
        .isGreaterThan(Collections.min(rounds(first).values()));
  }

  @Test
  void aTableThatIsBeingCapturedIsNotReadAgain() throws Exception {
    requireOneMomentBeside(this::backUp);
  }

  /**
   * Changes have DynamoDB's times, and what was written before the call has to be in the backup.
   */
  @Test
  void nowIsByTheClockOfDynamoDb() throws Exception {
    requireOneMomentBeside(this::backUpBehind);
  }

  private interface Backup {
    CompactResult make() throws InterruptedException;
  }

  private void requireOneMomentBeside(Backup backup) throws Exception {
    StopSignal stop = new StopSignal();
    FutureTask<?> capture =
        new FutureTask<>(
            () ->
                new CaptureRun(request(Until.STOPPED, stop), RunContext.system(table, stop)).run());
    new Thread(capture, "capture").start();
    try {
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      backup.make(); // the next one need not wait for the base
      Instant asked = InstantSource.system().instant();
      RecoveryPoint point = backup.make().point();

      requireOneMoment(rounds(point));
      assertThat(point.startTime()).isAfterOrEqualTo(asked);
      assertThat(engine.vault().catalog().ids(table)).as("one base, two backups").hasSize(3);
    } finally {
      stop.request();
      capture.get(60, TimeUnit.SECONDS);
    }
  }

  private Map<String, Integer> rounds(RecoveryPoint point) throws InterruptedException {
    Map<String, Integer> rounds = new TreeMap<>();
    ExportContent content = ExportContent.open(store, point);
    for (ContentPart part : content.parts()) {
      part.read(
          (json, offset, length, size) -> {
            Item item = DynamoDbJson.decode(json, offset, length);
            rounds.put(
                ((Value.S) item.attributes().get("pk")).value(),
                Integer.valueOf(((Value.N) item.attributes().get("round")).value()));
          });
    }
    return rounds;
  }

  private static void requireOneMoment(Map<String, Integer> rounds) {
    assertThat(rounds).hasSize(COUNTERS);
    Integer before = null;
    int steps = 0;
    for (Integer round : rounds.values()) {
      if (before != null && !before.equals(round)) {
        assertThat(round).as("rounds %s", rounds).isEqualTo(before - 1);
        steps++;
      }
      before = round;
    }
    assertThat(steps).as("rounds %s", rounds).isLessThanOrEqualTo(1);
  }
}
