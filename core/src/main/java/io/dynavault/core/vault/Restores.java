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
import java.util.Set;
import java.util.TreeSet;

/**
 * The journals of the restores that have created a table, or are about to, and have not ended
 * (docs/format/vault.md, section 9). Safe for several threads.
 */
public final class Restores {
  private final ObjectStore store;

  /**
   * @param store the vault's
   */
  public Restores(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Notes that a table is about to be created; and that it was, before anything is written into it.
   */
  public void begin(RestoreRecord restore) {
    if (store.putIfAbsent(restore.key(), restore.toJson()).isPresent()) {
      return;
    }
    // A server without table ids has created a table of that name once more.
    Optional<StoredJson> former = StoredJson.find(store, restore.key());
    if (former.isPresent() && RestoreRecord.read(former.get()).ended()) {
      store.replace(restore.key(), restore.toJson(), former.get().info().version());
    }
    if (read(restore.key()).filter(found -> !found.ended()).isEmpty()) {
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

  /** The restores of this recovery point that were about to create a table of this name. */
  public List<RestoreRecord> intended(String tableName, RecoveryPointId id, String targetName) {
    List<String> keys = new ArrayList<>();
    store.list(VaultKeys.restores(tableName, id.value()), info -> keys.add(info.key()));
    return keys.stream()
        .flatMap(key -> read(key).stream())
        .filter(restore -> restore.isIntended() && !restore.ended())
        .filter(restore -> restore.target().tableName().equals(targetName))
        .toList();
  }

  /**
   * The recovery points of a table whose restores have created, or were about to create, a table of
   * this name and have not ended.
   */
  public Set<RecoveryPointId> begun(String tableName, String targetName) {
    Set<RecoveryPointId> ids = new TreeSet<>();
    store.list(
        VaultKeys.RESTORES + tableName + "/",
        info ->
            VaultKeys.parseBelow(info.key(), VaultKeys.RESTORES)
                .flatMap(key -> read(info.key()))
                .filter(restore -> !restore.ended())
                .filter(restore -> restore.target().tableName().equals(targetName))
                .ifPresent(restore -> ids.add(restore.id())));
    return ids;
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
  public void end(RestoreRecord restore) {
    String key = restore.key();
    Optional<StoredJson> stored = StoredJson.find(store, key);
    if (stored.isEmpty()) {
      return;
    }
    byte[] ended = RestoreRecord.read(stored.get()).asEnded().toJson();
    try {
      store.replace(key, ended, stored.get().info().version());
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.STORE_FULL) {
        throw e;
      } // a deletion needs no room
    }
    store.delete(key);
  }
}
