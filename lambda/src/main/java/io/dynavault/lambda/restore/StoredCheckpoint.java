// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.restore.RestoreCheckpoint;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A checkpoint that is an object of the vault. It grows with the number of data files, so it is not
 * written for each of them: after a crash some are read and written once more.
 */
final class StoredCheckpoint implements RestoreCheckpoint {
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(5);

  private final ObjectStore store;
  private final String key;
  private final RecoveryPointId id;
  private final Ticker ticker;
  private final Map<String, Long> verifiedParts = new TreeMap<>();
  private final Map<String, Long> doneParts = new TreeMap<>();
  private boolean verified;
  private boolean prepared;
  private boolean stored;
  private boolean changed;
  private long lastWrite;

  private StoredCheckpoint(ObjectStore store, String key, RecoveryPointId id, Ticker ticker) {
    this.store = requireNonNull(store, "store is null");
    this.key = requireNonNull(key, "key is null");
    this.id = requireNonNull(id, "id is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.lastWrite = ticker.nanos();
  }

  /** What was kept of the restore of this recovery point; nothing where it begins. */
  static StoredCheckpoint open(ObjectStore store, String key, RecoveryPointId id, Ticker ticker) {
    StoredCheckpoint checkpoint = new StoredCheckpoint(store, key, id, ticker);
    StoredJson.find(store, key)
        .ifPresent(
            json ->
                json.parse(
                    "checkpoint",
                    fields -> {
                      checkpoint.read(fields);
                      return checkpoint;
                    }));
    return checkpoint;
  }

  private void read(JsonFields json) {
    if (!json.text("recovery_point_id").equals(id.value())) {
      return; // of another recovery point: worth nothing
    }
    stored = true;
    verified = json.requiredFlag("verified");
    prepared = json.requiredFlag("prepared");
    read(json.object("verified_parts"), verifiedParts);
    read(json.object("done_parts"), doneParts);
  }

  private static void read(JsonFields json, Map<String, Long> parts) {
    json.node().fieldNames().forEachRemaining(part -> parts.put(part, json.number(part)));
  }

  synchronized boolean isVerified(String part) {
    return verifiedParts.containsKey(part);
  }

  synchronized void verified(String part, long items) {
    verifiedParts.put(part, items);
    writeNowAndThen();
  }

  /** Keeps that the whole content is good. */
  synchronized void verified() {
    verified = true;
    write();
  }

  @Override
  public boolean isKept() {
    return true;
  }

  @Override
  public synchronized boolean isVerified() {
    return verified;
  }

  @Override
  public synchronized boolean isPrepared() {
    return prepared;
  }

  @Override
  public synchronized void prepared() {
    if (!prepared) {
      prepared = true;
      write();
    }
  }

  @Override
  public synchronized long doneItems(String part) {
    return doneParts.getOrDefault(part, -1L);
  }

  @Override
  public synchronized void done(String part, long items) {
    doneParts.put(part, items);
    writeNowAndThen();
  }

  /** Items of all parts that are done. */
  synchronized long doneItems() {
    return doneParts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Writes what is not written yet, for the next invocation. */
  synchronized void keep() {
    if (changed) {
      write();
    }
  }

  /** Removes it: nobody has to go on. */
  synchronized void remove() {
    if (stored) {
      store.delete(key);
    }
  }

  private void writeNowAndThen() {
    changed = true;
    if (ticker.nanos() - lastWrite >= BETWEEN_WRITES.toNanos()) {
      write();
    }
  }

  private void write() {
    stored = true;
    changed = false;
    lastWrite = ticker.nanos();
    store.put(
        key,
        JsonDocument.writeVersioned(
            json -> {
              json.writeStringField("recovery_point_id", id.value());
              json.writeBooleanField("verified", verified);
              json.writeBooleanField("prepared", prepared);
              json.writeObjectFieldStart("verified_parts");
              for (Map.Entry<String, Long> part : verifiedParts.entrySet()) {
                json.writeNumberField(part.getKey(), part.getValue());
              }
              json.writeEndObject();
              json.writeObjectFieldStart("done_parts");
              for (Map.Entry<String, Long> part : doneParts.entrySet()) {
                json.writeNumberField(part.getKey(), part.getValue());
              }
              json.writeEndObject();
            }));
  }
}
