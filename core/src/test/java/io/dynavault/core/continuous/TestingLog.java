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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

  /** Appends commits from 1 on, one every so many seconds. */
  public void append(int count, long interval) {
    for (int number = 1; number <= count; number++) {
      if (!log.append(commit(number, number * interval))) {
        throw new AssertionError("number taken: " + number);
      }
    }
  }
}
