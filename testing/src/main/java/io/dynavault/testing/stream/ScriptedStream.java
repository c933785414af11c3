// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.dynavault.core.stream.Shard;
import io.dynavault.core.stream.ShardStart;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.stream.StreamDescription;
import io.dynavault.core.stream.StreamRefusedException;
import io.dynavault.core.stream.StreamRefusedException.Reason;
import io.dynavault.core.transport.ResponseBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table and its stream in memory. The table's items have a partition key {@code pk} and an
 * attribute {@code value}, both strings; {@link #put}, {@link #delete} and {@link #expire} change
 * it and are recorded, {@link #table} is what it holds. The rest of the methods make the stream
 * misbehave. Safe for several threads.
 */
public final class ScriptedStream implements StreamClient {
  /** The stream's name. */
  public static final String ARN =
      "arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-02T03:04:05.678";

  /** What DynamoDB Local would call it. */
  public static final String LOCAL_ARN =
      "arn:aws:dynamodb:ddblocal:000000000000:table/orders/stream/2026-01-02T03:04:05.678";

  private static final String BY_TIME_TO_LIVE =
      ",\"userIdentity\":{\"PrincipalId\":\"dynamodb.amazonaws.com\",\"Type\":\"Service\"}";

  private static final Duration ITERATOR_LIFE = Duration.ofMinutes(15);

  private final String arn;
  private final InstantSource clock;
  private final boolean aws;
  private final Map<String, ScriptedShard> shards = new LinkedHashMap<>();
  private final SortedMap<String, String> table = new TreeMap<>();
  private final List<String> changes = new ArrayList<>();
  private CallHook hook = (number, operation) -> {};
  private String status = "ENABLED";
  private boolean dropped;
  private int calls;
  private int pageSize = 1000;
  private int repeats;
  private int emptyPages;
  private long nextNumber = 1;
  private int nextShard = 1;

  /** Is told of every call before it is answered; what it throws is the answer. */
  @FunctionalInterface
  public interface CallHook {
    /**
     * @param number of the call, from 1
     * @param operation such as {@code GetRecords}
     */
    void call(int number, String operation);
  }

  private ScriptedStream(String arn, InstantSource clock, boolean aws) {
    this.arn = requireNonNull(arn, "arn is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.aws = aws;
    addShard(null, 0, ScriptedShard.HASHES);
  }

  /** A stream of AWS, with one shard; the server's time is that of the clock. */
  public static ScriptedStream ofAws(InstantSource clock) {
    return ofAws(ARN, clock);
  }

  /** The same of another name. */
  public static ScriptedStream ofAws(String arn, InstantSource clock) {
    return new ScriptedStream(arn, clock, true);
  }

  /** A stream of DynamoDB Local, whose records say the minute only. */
  public static ScriptedStream ofLocal(InstantSource clock) {
    return new ScriptedStream(LOCAL_ARN, clock, false);
  }

  /** A stream of a server that is neither. */
  public static ScriptedStream ofAnother(InstantSource clock) {
    return new ScriptedStream(ARN, clock, false);
  }

  private ScriptedShard addShard(@Nullable String parent, int fromHash, int toHash) {
    String id = "shardId-%020d-%08x".formatted(nextShard, nextShard++ * 0x9E3779B9);
    ScriptedShard shard = new ScriptedShard(id, parent, fromHash, toHash, number(nextNumber));
    shards.put(id, shard);
    return shard;
  }

  /** Numbers grow from 21 to 22 digits soon, as text they do not sort. */
  private static String number(long number) {
    return (number < 1000 ? "999999999999999999%03d" : "1%021d").formatted(number);
  }

  /** Puts an item; nothing is recorded if the table has it already. */
  public synchronized void put(String key, String value) {
    String before = table.put(key, value);
    if (!value.equals(before)) {
      record(key, before, value, "");
    }
  }

  /** Deletes an item, if it is there. */
  public synchronized void delete(String key) {
    String before = table.remove(key);
    if (before != null) {
      record(key, before, null, "");
    }
  }

  /** Deletes an item as DynamoDB does when it has expired. */
  public synchronized void expire(String key) {
    String before = table.remove(key);
    if (before != null) {
      record(key, before, null, BY_TIME_TO_LIVE);
    }
  }

  private void record(String key, @Nullable String before, @Nullable String after, String more) {
    if (status.equals("ENABLED")) {
      add(
          key,
          "{\"pk\":{\"S\":\"%s\"}}".formatted(key),
          image(key, before),
          image(key, after),
          clock.instant(),
          more);
    }
  }

  /**
   * Adds the record of a change that was made in a table elsewhere.
   *
   * @param keys of the item, in DynamoDB JSON
   * @param before the item before the change; null if it was not there
   * @param after the item after it; null if it is not there any more
   * @param time of the change
   * @param expired whether DynamoDB removed the item because it had expired
   * @return the record's sequence number
   */
  public synchronized String relay(
      String keys, @Nullable String before, @Nullable String after, Instant time, Expiry expired) {
    return add(keys, keys, before, after, time, expired == Expiry.EXPIRED ? BY_TIME_TO_LIVE : "");
  }

  /** Who has removed an item. */
  public enum Expiry {
    EXPIRED,
    NOT_EXPIRED
  }

  private String add(
      String place,
      String keys,
      @Nullable String before,
      @Nullable String after,
      Instant time,
      String more) {
    ScriptedShard shard = shardOf(place);
    String kind = before == null ? "INSERT" : after == null ? "REMOVE" : "MODIFY";
    String sequenceNumber = number(nextNumber++);
    ChronoUnit unit = aws ? ChronoUnit.SECONDS : ChronoUnit.MINUTES;
    shard.records.add(
        "{\"eventID\":\"%s\",\"eventName\":\"%s\",\"eventVersion\":\"1.1\",\"eventSource\":\"aws:dynamodb\",\"awsRegion\":\"us-east-1\",\"dynamodb\":{\"ApproximateCreationDateTime\":%d,\"Keys\":%s%s%s,\"SequenceNumber\":\"%s\",\"SizeBytes\":10,\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}%s}"
            .formatted(
                Long.toHexString(nextNumber),
                kind,
                time.truncatedTo(unit).getEpochSecond(),
                keys,
                after == null ? "" : ",\"NewImage\":" + after,
                before == null ? "" : ",\"OldImage\":" + before,
                sequenceNumber,
                more));
    shard.sequenceNumbers.add(sequenceNumber);
    changes.add(sequenceNumber);
    return sequenceNumber;
  }

  private static @Nullable String image(String key, @Nullable String value) {
    return value == null
        ? null
        : "{\"pk\":{\"S\":\"%s\"},\"value\":{\"S\":\"%s\"}}".formatted(key, value);
  }

  /** The open shard that records the changes of a key. */
  public synchronized String shardFor(String key) {
    return shardOf(key).id;
  }

  private ScriptedShard shardOf(String key) {
    int hash = ((key.hashCode() * 0x9E3779B1) >>> 16) % ScriptedShard.HASHES;
    return shards.values().stream()
        .filter(shard -> shard.isFor(hash))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no shard is open"));
  }

  /** What the table holds now: values by key. */
  public synchronized SortedMap<String, String> table() {
    return new TreeMap<>(table);
  }

  /** Sequence numbers of all changes, in order. */
  public synchronized List<String> changes() {
    return List.copyOf(changes);
  }

  /** Shards that records are added to. */
  public synchronized List<String> openShards() {
    return shards.values().stream().filter(shard -> !shard.closed).map(shard -> shard.id).toList();
  }

  /** Closes a shard and opens two that each take half of its keys; returns their ids. */
  public synchronized List<String> split(String shardId) {
    ScriptedShard shard = shard(shardId);
    int middle = (shard.fromHash + shard.toHash) >>> 1;
    if (middle == shard.fromHash) {
      throw new IllegalArgumentException("too small to be split: " + shardId);
    }
    shard.closed = true;
    return List.of(
        addShard(shardId, shard.fromHash, middle).id, addShard(shardId, middle, shard.toHash).id);
  }

  /** Closes a shard and opens one that takes its keys; returns its id. */
  public synchronized String rollOver(String shardId) {
    ScriptedShard shard = shard(shardId);
    shard.closed = true;
    return addShard(shardId, shard.fromHash, shard.toHash).id;
  }

  /** Leaves a shard out of descriptions for some time, as AWS's listings lag. */
  public synchronized void hide(String shardId, Duration duration) {
    shard(shardId).hiddenUntil = clock.instant().plus(duration);
  }

  /** Forgets a shard: it is not listed and cannot be read. */
  public synchronized void forget(String shardId) {
    shard(shardId).forgotten = true;
  }

  /** Removes the oldest records of a shard. */
  public synchronized void trim(String shardId, int records) {
    ScriptedShard shard = shard(shardId);
    shard.trimmed = Math.min(shard.records.size(), shard.trimmed + records);
  }

  /** Removes the records of all shards. */
  public synchronized void trimAll() {
    shards.values().forEach(shard -> shard.trimmed = shard.records.size());
  }

  /** Switches the stream off: its shards are closed and can be read. */
  public synchronized void disable() {
    status = "DISABLED";
    shards.values().forEach(shard -> shard.closed = true);
  }

  /** Deletes the stream. */
  public synchronized void drop() {
    dropped = true;
  }

  /** Gives pages of so many records, the largest 1000. */
  public synchronized void pageSize(int records) {
    pageSize = records;
  }

  /** Begins every page with so many records that were given before. */
  public synchronized void repeatRecords(int records) {
    repeats = records;
  }

  /** Gives so many empty pages before each one with records. */
  public synchronized void emptyPages(int pages) {
    emptyPages = pages;
  }

  /** Is told of every call from now on. */
  public synchronized void onCall(CallHook newHook) {
    hook = requireNonNull(newHook, "newHook is null");
  }

  /** Calls so far. */
  public synchronized int calls() {
    return calls;
  }

  private ScriptedShard shard(String shardId) {
    ScriptedShard shard = shards.get(shardId);
    if (shard == null || shard.forgotten) {
      throw new StreamRefusedException(Reason.NOT_FOUND, "no such shard: " + shardId);
    }
    return shard;
  }

  private void called(String operation, String streamArn) {
    hook.call(++calls, operation);
    if (dropped || !streamArn.equals(arn)) {
      throw new StreamRefusedException(Reason.NOT_FOUND, "no such stream: " + streamArn);
    }
  }

  @Override
  public synchronized StreamDescription describe(String streamArn) {
    called("DescribeStream", streamArn);
    List<Shard> listed = new ArrayList<>();
    for (ScriptedShard shard : shards.values()) {
      if (!shard.forgotten && !clock.instant().isBefore(shard.hiddenUntil)) {
        listed.add(shard.listed());
      }
    }
    return new StreamDescription(arn, "orders", status, "NEW_AND_OLD_IMAGES", listed, now());
  }

  @Override
  public synchronized String iterator(String streamArn, String shardId, ShardStart start) {
    called("GetShardIterator", streamArn);
    ScriptedShard shard = shard(shardId);
    return switch (start.kind()) {
      case LATEST -> iterator(shard, shard.records.size());
      case TRIM_HORIZON -> iterator(shard, shard.trimmed);
      case AT -> {
        int index = shard.sequenceNumbers.indexOf(start.sequenceNumber().orElseThrow());
        if (index < shard.trimmed) {
          throw new StreamRefusedException(Reason.TRIMMED, "trimmed: " + start);
        }
        yield iterator(shard, index);
      }
    };
  }

  private String iterator(ScriptedShard shard, int index) {
    return arn + "|" + shard.id + "/" + index + "/" + clock.instant().toEpochMilli();
  }

  @Override
  public synchronized Instant records(String iterator, ResponseBuffer buffer) {
    called("GetRecords", arn);
    String[] parts = iterator.substring(iterator.indexOf('|') + 1).split("/", -1);
    ScriptedShard shard = shard(parts[0]);
    int index = Integer.parseInt(parts[1]);
    Instant made = Instant.ofEpochMilli(Long.parseLong(parts[2]));
    if (Duration.between(made, clock.instant()).compareTo(ITERATOR_LIFE) > 0) {
      throw new StreamRefusedException(Reason.EXPIRED_ITERATOR, "older than 15 minutes");
    }
    if (index < shard.trimmed) {
      throw new StreamRefusedException(Reason.TRIMMED, "trimmed");
    }
    int end = Math.min(shard.records.size(), index + pageSize);
    if (index < end && emptyPages > 0 && shard.pagesGiven++ % (emptyPages + 1) < emptyPages) {
      end = index;
    }
    int begin = end == index ? index : Math.max(shard.trimmed, index - repeats);
    boolean atEnd = shard.closed && end == shard.records.size();
    String records = String.join(",", shard.records.subList(begin, end));
    String next = atEnd ? "" : ",\"NextShardIterator\":\"" + iterator(shard, end) + "\"";
    byte[] body = ("{\"Records\":[" + records + "]" + next + "}").getBytes(UTF_8);
    try {
      buffer.fill(new ByteArrayInputStream(body), body.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return now();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public boolean isAws() {
    return aws;
  }

  @Override
  public void close() {}
}
