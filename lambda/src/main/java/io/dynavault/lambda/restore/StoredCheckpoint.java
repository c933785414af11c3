// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.restore.RestoreCheckpoint;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPointId;
import java.util.Map;
import java.util.TreeMap;

/** A checkpoint that is an object of the vault, written whenever something is done. */
final class StoredCheckpoint implements RestoreCheckpoint {
  private final ObjectStore store;
  private final String key;
  private final RecoveryPointId id;
  private final Map<String, Long> verifiedParts = new TreeMap<>();
  private final Map<String, Long> doneParts = new TreeMap<>();
  private boolean verified;
  private boolean prepared;
  private boolean stored;

  private StoredCheckpoint(ObjectStore store, String key, RecoveryPointId id) {
    this.store = requireNonNull(store, "store is null");
    this.key = requireNonNull(key, "key is null");
    this.id = requireNonNull(id, "id is null");
  }

  /** What was kept of the restore of this recovery point; nothing where it begins. */
  static StoredCheckpoint open(ObjectStore store, String key, RecoveryPointId id) {
    StoredCheckpoint checkpoint = new StoredCheckpoint(store, key, id);
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
    write();
  }

  /** Keeps that the whole content is good. */
  synchronized void verified() {
    verified = true;
    write();
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
    write();
  }

  /** Items of all parts that are done. */
  synchronized long doneItems() {
    return doneParts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Removes it: nobody has to go on. */
  synchronized void remove() {
    if (stored) {
      store.delete(key);
    }
  }

  private void write() {
    stored = true;
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
