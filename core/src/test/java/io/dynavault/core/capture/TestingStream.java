// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.stream.Shard;
import io.dynavault.core.stream.ShardStart;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.stream.StreamDescription;
import io.dynavault.core.stream.StreamRefusedException;
import io.dynavault.core.transport.ResponseBuffer;
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
import java.util.function.Consumer;

/**
 * The streams of a table, each of one shard, and the table itself: a change of an item is a record.
 * Safe for several threads.
 */
final class TestingStream implements StreamClient {
  static final String SHARD = "shardId-00000000000000000001";

  private final InstantSource clock;
  private final TreeMap<String, String> items = new TreeMap<>();
  private final List<String> arns = new ArrayList<>();
  private final List<List<Written>> streams = new ArrayList<>();
  private boolean on;
  private int trimmed;
  private Consumer<String> beforeEachCall = operation -> {};

  private record Written(long sequence, String json) {}

  TestingStream(InstantSource clock) {
    this.clock = clock;
  }

  /** Begins a stream of the table; the one before ends. */
  synchronized String switchOn() {
    arns.add("arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/" + arns.size());
    streams.add(new ArrayList<>());
    on = true;
    trimmed = 0;
    return arns.get(arns.size() - 1);
  }

  synchronized void switchOff() {
    on = false;
  }

  synchronized boolean isOn() {
    return on;
  }

  synchronized String arn() {
    return arns.get(arns.size() - 1);
  }

  /** Called before every call of a reader; may throw. */
  synchronized void beforeEachCall(Consumer<String> action) {
    beforeEachCall = action;
  }

  /** Puts an item; a null value removes it. */
  synchronized void put(String key, String value) {
    String before = items.get(key);
    if (value == null) {
      items.remove(key);
    } else {
      items.put(key, value);
    }
    add(key, before, value);
  }

  /** Changes an item without a record of it. */
  synchronized void putUnseen(String key, String value) {
    items.put(key, value);
  }

  synchronized Map<String, String> items() {
    return new TreeMap<>(items);
  }

  /** Removes the oldest records. */
  synchronized void trim(int records) {
    trimmed = records;
  }

  private void add(String key, String before, String after) {
    List<Written> records = streams.get(streams.size() - 1);
    long sequence = 100L + records.size();
    String name = before == null ? "INSERT" : after == null ? "REMOVE" : "MODIFY";
    records.add(
        new Written(
            sequence,
            """
            {"eventID":"%1$d","eventName":"%2$s","eventVersion":"1.1","eventSource":"aws:dynamodb",\
            "awsRegion":"us-east-1","dynamodb":{"ApproximateCreationDateTime":%3$d,\
            "Keys":{"pk":{"S":"%4$s"}},%5$s%6$s"SequenceNumber":"%7$021d","SizeBytes":9,\
            "StreamViewType":"NEW_AND_OLD_IMAGES"}}\
            """
                .formatted(
                    sequence,
                    name,
                    clock.instant().getEpochSecond(),
                    key,
                    before == null ? "" : "\"OldImage\":" + item(key, before) + ",",
                    after == null ? "" : "\"NewImage\":" + item(key, after) + ",",
                    sequence)));
  }

  static String item(String key, String value) {
    return "{\"pk\":{\"S\":\"%s\"},\"v\":{\"S\":\"%s\"}}".formatted(key, value);
  }

  @Override
  public synchronized StreamDescription describe(String streamArn) {
    beforeEachCall.accept("DescribeStream");
    boolean open = isOpen(streamArn);
    List<Written> records = records(streamArn);
    Shard shard =
        new Shard(
            SHARD,
            Optional.empty(),
            "100",
            open ? Optional.empty() : Optional.of(String.valueOf(100 + records.size())));
    return new StreamDescription(
        streamArn,
        "orders",
        open ? "ENABLED" : "DISABLED",
        "NEW_AND_OLD_IMAGES",
        List.of(shard),
        serverTime());
  }

  @Override
  public synchronized String iterator(String streamArn, String shardId, ShardStart start) {
    beforeEachCall.accept("GetShardIterator");
    List<Written> records = records(streamArn);
    int from =
        switch (start.kind()) {
          case LATEST -> records.size();
          case TRIM_HORIZON -> trimmed;
          case AT -> (int) (Long.parseLong(start.sequenceNumber().orElseThrow()) - 100);
        };
    if (from < trimmed) {
      throw new StreamRefusedException(StreamRefusedException.Reason.TRIMMED, "trimmed");
    }
    return streamArn + "|" + from;
  }

  @Override
  public synchronized Instant records(String iterator, ResponseBuffer buffer) {
    beforeEachCall.accept("GetRecords");
    String[] parts = iterator.split("\\|");
    List<Written> records = records(parts[0]);
    int from = Integer.parseInt(parts[1]);
    StringBuilder json = new StringBuilder("{\"Records\":[");
    for (int i = from; i < records.size(); i++) {
      json.append(i == from ? "" : ",").append(records.get(i).json());
    }
    json.append(']');
    if (isOpen(parts[0])) {
      json.append(",\"NextShardIterator\":\"%s|%d\"".formatted(parts[0], records.size()));
    }
    byte[] answer = json.append('}').toString().getBytes(UTF_8);
    try {
      buffer.fill(new ByteArrayInputStream(answer), answer.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return serverTime();
  }

  private boolean isOpen(String streamArn) {
    return on && arn().equals(streamArn);
  }

  private List<Written> records(String streamArn) {
    int index = arns.indexOf(streamArn);
    if (index < 0) {
      throw new StreamRefusedException(StreamRefusedException.Reason.NOT_FOUND, "no such stream");
    }
    return streams.get(index);
  }

  private Instant serverTime() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** The failure of an endpoint that does not answer. */
  static DynavaultException away() {
    return new DynavaultException(
        io.dynavault.core.error.ErrorCode.SERVICE_UNAVAILABLE, "unable to read: away");
  }

  @Override
  public boolean isAws() {
    return true;
  }

  @Override
  public void close() {}
}
