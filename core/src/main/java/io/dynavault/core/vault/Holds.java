// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.lease.Marks;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.format.layout.RecoveryPointKey;
import io.dynavault.format.layout.VaultKeys;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds of a vault's recovery points (docs/format/vault.md, "Holds"). */
public final class Holds {
  private static final int ATTEMPTS = 10;

  private enum Action {
    HOLD,
    RELEASE
  }

  private record Entry(Action action, Hold hold) {}

  private final ObjectStore store;
  private final Marks marks;

  Holds(ObjectStore store, Marks marks) {
    this.store = requireNonNull(store, "store is null");
    this.marks = requireNonNull(marks, "marks is null");
  }

  /** The hold on a recovery point, where there is one. */
  public Optional<Hold> of(String tableName, RecoveryPointId id) {
    return current(log(tableName, id).read());
  }

  /**
   * All holds in the vault, found by one listing and a look at each recovery point that was ever
   * held.
   *
   * @throws DynavaultException {@code DAMAGED} if one cannot be read
   */
  public Map<RecoveryPointKey, Hold> all() {
    Set<RecoveryPointKey> everHeld = new LinkedHashSet<>();
    store.list(
        VaultKeys.HOLDS,
        info -> VaultKeys.parseBelow(info.key(), VaultKeys.HOLDS).ifPresent(everHeld::add));
    Map<RecoveryPointKey, Hold> holds = new LinkedHashMap<>();
    for (RecoveryPointKey point : everHeld) {
      of(point.table(), new RecoveryPointId(point.id())).ifPresent(hold -> holds.put(point, hold));
    }
    return holds;
  }

  /**
   * Holds a recovery point; a second hold replaces the first one's reason.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND}, or {@code LEASE_HELD} if it is
   *     being deleted
   */
  public void hold(String tableName, RecoveryPointId id, Hold hold) throws InterruptedException {
    append(tableName, id, new Entry(Action.HOLD, hold));
    // In this order, so that of a hold and a deletion at once at least one sees the other.
    if (!marks.living(Mark.Kind.DELETING, tableName, id.value()).isEmpty()) {
      throw new DynavaultException(
          ErrorCode.LEASE_HELD,
          "unable to be sure of the hold on recovery point '" + id + "': it is being deleted",
          "see whether it is still there with: dynavault list");
    }
    if (store.stat(ObjectKeys.recoveryPoint(tableName, id.value())).isEmpty()) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to hold recovery point '" + id + "' of table '" + tableName + "': there is none");
    }
  }

  /** Releases a recovery point; nothing happens where it is not held. */
  public void release(String tableName, RecoveryPointId id, Hold release) {
    if (of(tableName, id).isPresent()) {
      append(tableName, id, new Entry(Action.RELEASE, release));
    }
  }

  private void append(String tableName, RecoveryPointId id, Entry entry) {
    NumberedLog log = log(tableName, id);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (log.append(log.read().size(), write(entry))) {
        return;
      }
    }
    throw new DynavaultException(
        ErrorCode.LEASE_HELD,
        "unable to change the hold on recovery point '" + id + "': others do at the same time");
  }

  private NumberedLog log(String tableName, RecoveryPointId id) {
    return new NumberedLog(store, VaultKeys.holds(tableName, id.value()));
  }

  private static Optional<Hold> current(List<StoredJson> entries) {
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    Entry last = entries.get(entries.size() - 1).parse("hold", Holds::read);
    return last.action() == Action.HOLD ? Optional.of(last.hold()) : Optional.empty();
  }

  private static byte[] write(Entry entry) {
    return JsonDocument.writeVersioned(
        json -> {
          json.writeStringField("action", entry.action().name());
          json.writeStringField("reason", entry.hold().reason());
          json.writeStringField("by", entry.hold().by());
          json.writeStringField("time", entry.hold().time().toString());
        });
  }

  private static Entry read(JsonFields fields) {
    return new Entry(
        fields.constant("action", Action.class),
        new Hold(fields.text("reason"), fields.text("by"), fields.time("time")));
  }
}
