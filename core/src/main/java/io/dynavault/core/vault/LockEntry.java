// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One change of a vault's lock.
 *
 * @param lock the new lock; empty removes it
 * @param time when it was written, by the writer
 */
record LockEntry(Optional<VaultLock> lock, Instant time) {
  private enum Action {
    LOCK,
    UNLOCK
  }

  LockEntry {
    requireNonNull(lock, "lock is null");
    requireNonNull(time, "time is null");
  }

  byte[] toJson() {
    return JsonDocument.writeVersioned(
        json -> {
          json.writeStringField("action", (lock.isPresent() ? Action.LOCK : Action.UNLOCK).name());
          if (lock.isPresent()) {
            VaultLock set = lock.get();
            json.writeStringField("mode", set.mode().name());
            json.writeNumberField("minRetentionDays", set.minRetentionDays());
            if (set.maxRetentionDays().isPresent()) {
              json.writeNumberField("maxRetentionDays", set.maxRetentionDays().getAsInt());
            }
            if (set.lockDate().isPresent()) {
              json.writeStringField("lockDate", set.lockDate().get().toString());
            }
          }
          json.writeStringField("time", time.toString());
        });
  }

  static LockEntry read(StoredJson stored) {
    return stored.parse("entry of the vault lock", LockEntry::read);
  }

  private static LockEntry read(JsonFields fields) {
    if (fields.constant("action", Action.class) == Action.UNLOCK) {
      return new LockEntry(Optional.empty(), fields.time("time"));
    }
    OptionalLong max = fields.optionalNumber("maxRetentionDays");
    VaultLock lock =
        new VaultLock(
            fields.constant("mode", LockMode.class),
            Math.toIntExact(Math.min(fields.number("minRetentionDays"), Integer.MAX_VALUE)),
            max.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.min(max.getAsLong(), Integer.MAX_VALUE)),
            fields.optionalTime("lockDate"));
    return new LockEntry(Optional.of(lock), fields.time("time"));
  }
}
