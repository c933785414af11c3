// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.lease.TestingTime;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.stream.ShardPosition;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.format.change.ChangeFileWriter;
import io.dynavault.format.item.StreamPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A chain in memory, and commits for it whose files hold anything. */
public final class TestingLog {
  public static final Instant START = Instant.parse("2026-11-21T09:30:00Z");
  public static final RecoveryPointId ID = new RecoveryPointId("01795253400000-0a1b2c3d");

  public final TestingTime time = new TestingTime();
  public final MemoryStore memory = MemoryStore.isolated(time);
  public final ChainLog log = new ContinuousBackups(memory).create(chain("orders"));

  public static Chain chain(String table) {
    return chain(table, ID);
  }

  public static Chain chain(String table, RecoveryPointId id) {
    return new Chain(
        id,
        TestingPoints.definition(table),
        "arn:aws:dynamodb:us-east-1:111122223333:table/" + table + "/stream/1",
        START,
        Map.of("shard-1", ShardPosition.trimHorizon(Optional.empty())),
        "0.1.0");
  }

  /** The same chain as another process sees it. */
  public ChainLog on(ObjectStore store) {
    return new ContinuousBackups(store).find("orders", ID).orElseThrow();
  }

  /** A commit of one file of two changes, written so many seconds after the start. */
  public Commit commit(long number, long seconds) {
    return commit(number, seconds, 1, file("f" + number, START.plusSeconds(seconds)));
  }

  /** A commit by the holder of a lease of some epoch. */
  public static Commit commit(long number, long seconds, long epoch, ChangeFile... files) {
    long changes = List.of(files).stream().mapToLong(ChangeFile::changes).sum();
    return new Commit(
        ID,
        number,
        START.plusSeconds(seconds),
        epoch,
        START.plusSeconds(seconds - 5).truncatedTo(ChronoUnit.SECONDS),
        List.of(files),
        Map.of("shard-1", ShardPosition.after(String.valueOf(1000 + number), Optional.empty())),
        new ChangeCounts(changes, 0, 0, 0),
        Optional.empty());
  }

  /** Stores a file for a commit. */
  public ChangeFile file(String name, Instant time) {
    String key = chain("orders").keys().dataFile(time, name + ".json.gz");
    byte[] content = ("content of " + name).getBytes(UTF_8);
    memory.put(key, content);
    return new ChangeFile(
        key,
        content.length,
        Checksum.Algorithm.SHA256.of(content),
        2,
        time.minusSeconds(9),
        time.minusSeconds(4));
  }

  /** Stores a change file that puts items of these keys, one a second from a time on. */
  public ChangeFile changeFile(String name, Instant time, String... keys) {
    String key = chain("orders").keys().dataFile(time, name + ".json.gz");
    byte[] content = changes(time, keys);
    memory.put(key, content);
    return new ChangeFile(
        key,
        content.length,
        Checksum.Algorithm.SHA256.of(content),
        keys.length,
        time,
        time.plusSeconds(keys.length - 1));
  }

  /** A change file that puts items of these keys. */
  public static byte[] changes(String... keys) {
    return changes(START, keys);
  }

  private static byte[] changes(Instant time, String... keys) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      records.add(
          """
          {"eventName":"INSERT","dynamodb":{"ApproximateCreationDateTime":%d,"Keys":%s,\
          "NewImage":%s,"SequenceNumber":"%d","StreamViewType":"NEW_AND_OLD_IMAGES"}}\
          """
              .formatted(
                  time.getEpochSecond() + i, key(keys[i]), key(keys[i]), records.size() + 1));
    }
    byte[] answer = ("{\"Records\":[" + String.join(",", records) + "]}").getBytes(UTF_8);
    StreamPage page = new StreamPage();
    page.parse(answer, 0, answer.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ChangeFileWriter writer = ChangeFileWriter.open(out)) {
      for (int i = 0; i < page.count(); i++) {
        writer.write(page, i, page.creationMicros(i));
      }
      writer.finish();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static String key(String key) {
    return "{\"pk\":{\"S\":\"" + key + "\"}}";
  }

  /** Appends commits from 1 on, one every so many seconds. */
  public void append(int count, long interval) {
    for (int number = 1; number <= count; number++) {
      if (!log.append(commit(number, number * interval))) {
        throw new AssertionError("number taken: " + number);
      }
    }
  }
}
