// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.capture.CapturedTable;
import io.dynavault.core.capture.TableState;
import io.dynavault.core.capture.TableStream;
import io.dynavault.core.stream.Shard;
import io.dynavault.core.stream.ShardStart;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.stream.StreamDescription;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A table and its stream of two shards, both as AWS shows them. Safe for several threads. */
final class ScriptedTable implements CapturedTable, StreamClient {
  static final String NAME = "orders";
  static final String STREAM =
      "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-11-21T09:30:00.123";
  private static final String ID = "5f0c2a9e-7d34-4b61-9a52-0c6f1d2e3b47";
  private static final int PAGE = 2;

  private final InstantSource clock;
  private final Map<String, List<String>> shards = new TreeMap<>();
  private long sequence = 100_000_000_000_000_000L;
  boolean exists = true;
  String view = "NEW_AND_OLD_IMAGES";
  private Runnable beforeEachPage = () -> {};

  ScriptedTable(InstantSource clock) {
    this.clock = clock;
    shards.put("shardId-a", new ArrayList<>());
    shards.put("shardId-b", new ArrayList<>());
  }

  /** Called before a page is read. */
  synchronized void beforeEachPage(Runnable action) {
    beforeEachPage = action;
  }

  /** Adds an item, in a shard; returns the record as an event has it. */
  synchronized String put(String shard, String key) {
    String record =
        """
        {"eventID":"%1$s","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb",\
        "awsRegion":"eu-west-1","dynamodb":{"ApproximateCreationDateTime":%2$d,\
        "Keys":{"pk":{"S":"%3$s"}},"NewImage":{"pk":{"S":"%3$s"}},"SequenceNumber":"%1$s",\
        "SizeBytes":9,"StreamViewType":"NEW_AND_OLD_IMAGES"}}\
        """
            .formatted("000" + ++sequence, clock.instant().getEpochSecond(), key);
    shards.get("shardId-" + shard).add(record);
    return record.replaceFirst(
        "\\{", "{\"eventSourceARN\":\"" + STREAM.replace("$", "\\$") + "\",");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public synchronized Optional<TableState> state() {
    return exists
        ? Optional.of(new TableState(ID, Optional.of(new TableStream(STREAM, view))))
        : Optional.empty();
  }

  @Override
  public TableDefinition definition() {
    TableDefinition plain =
        TableDefinition.onDemand(NAME, KeySchema.of(new KeyAttribute("pk", ScalarType.S)));
    return new TableDefinition(
        NAME,
        STREAM.substring(0, STREAM.indexOf("/stream/")),
        ID,
        plain.keySchema(),
        plain.attributeDefinitions(),
        plain.localSecondaryIndexes(),
        plain.globalSecondaryIndexes(),
        plain.billingMode(),
        plain.throughput(),
        plain.onDemandThroughput(),
        plain.settings());
  }

  @Override
  public void enableStream() {
    throw new AssertionError("the stream is on");
  }

  @Override
  public synchronized StreamDescription describe(String streamArn) {
    List<Shard> open =
        shards.keySet().stream()
            .map(id -> new Shard(id, Optional.empty(), "1", Optional.empty()))
            .toList();
    return new StreamDescription(
        STREAM, NAME, exists ? "ENABLED" : "DISABLED", view, open, serverTime());
  }

  @Override
  public synchronized String iterator(String streamArn, String shardId, ShardStart start) {
    List<String> records = shards.get(shardId);
    int from =
        switch (start.kind()) {
          case LATEST -> records.size();
          case TRIM_HORIZON -> 0;
          case AT -> index(records, start.sequenceNumber().orElseThrow());
        };
    return shardId + "|" + from;
  }

  private static int index(List<String> records, String number) {
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i).contains("\"SequenceNumber\":\"" + number + "\"")) {
        return i;
      }
    }
    throw new AssertionError("no record " + number);
  }

  @Override
  public Instant records(String iterator, ResponseBuffer buffer) {
    beforeEachPage.run();
    return page(iterator, buffer);
  }

  private synchronized Instant page(String iterator, ResponseBuffer buffer) {
    String[] parts = iterator.split("\\|");
    List<String> records = shards.get(parts[0]);
    int from = Integer.parseInt(parts[1]);
    int to = Math.min(records.size(), from + PAGE);
    String next = exists ? ",\"NextShardIterator\":\"" + parts[0] + "|" + to + "\"" : "";
    byte[] answer =
        ("{\"Records\":[" + String.join(",", records.subList(from, to)) + "]" + next + "}")
            .getBytes(UTF_8);
    try {
      buffer.fill(new ByteArrayInputStream(answer), answer.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return serverTime();
  }

  private Instant serverTime() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public boolean isAws() {
    return true;
  }

  @Override
  public void close() {}
}
