// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.RecoveryPointKey;
import io.dynavault.format.layout.VaultKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The journals of the restores that have created a table and not ended (docs/format/vault.md,
 * section 9). Safe for several threads.
 */
public final class Restores {
  private final ObjectStore store;

  /**
   * @param store the vault's
   */
  public Restores(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /** Notes that a table was created, before anything is written into it. */
  public void begin(RestoreRecord restore) {
    if (store.putIfAbsent(restore.key(), restore.toJson()).isPresent()) {
      return;
    }
    // A server without table ids has created a table of that name once more.
    Optional<StoredJson> former = StoredJson.find(store, restore.key());
    if (former.isPresent() && RestoreRecord.read(former.get()).ended()) {
      store.replace(restore.key(), restore.toJson(), former.get().info().version());
    }
    if (find(restore.tableName(), restore.id(), restore.target()).isEmpty()) {
      throw new DynavaultException(
          ErrorCode.LEASE_LOST,
          "unable to note the restore to table '%s': another process writes its journal"
              .formatted(restore.target().tableName()));
    }
  }

  /** The restore of this recovery point that has created this table and not ended. */
  public Optional<RestoreRecord> find(
      String tableName, RecoveryPointId id, RestoreRecord.Target target) {
    return StoredJson.find(store, VaultKeys.restore(tableName, id.value(), target.fileName()))
        .map(RestoreRecord::read)
        .filter(restore -> !restore.ended());
  }

  /** The recovery points of a table whose restores have created this table and not ended. */
  public List<RecoveryPointId> unfinished(String tableName, RestoreRecord.Target target) {
    List<RecoveryPointId> ids = new ArrayList<>();
    store.list(
        VaultKeys.RESTORES + tableName + "/",
        info ->
            VaultKeys.parseBelow(info.key(), VaultKeys.RESTORES)
                .map(RecoveryPointKey::id)
                .map(RecoveryPointId::new)
                .filter(
                    id ->
                        info.key()
                            .equals(VaultKeys.restore(tableName, id.value(), target.fileName())))
                .ifPresent(ids::add));
    ids.removeIf(id -> find(tableName, id, target).isEmpty());
    return ids;
  }

  /** What a key below {@link VaultKeys#RESTORES} says. */
  public Optional<RestoreRecord> read(String key) {
    return StoredJson.find(store, key).map(RestoreRecord::read);
  }

  /**
   * Ends a restore and removes its journal. It is marked first: where objects cannot be deleted,
   * nobody goes on with it either.
   */
  public void end(String tableName, RecoveryPointId id, RestoreRecord.Target target) {
    String key = VaultKeys.restore(tableName, id.value(), target.fileName());
    Optional<StoredJson> stored = StoredJson.find(store, key);
    if (stored.isEmpty()) {
      return;
    }
    byte[] ended = RestoreRecord.read(stored.get()).asEnded().toJson();
    store.replace(key, ended, stored.get().info().version());
    store.delete(key);
  }
}
