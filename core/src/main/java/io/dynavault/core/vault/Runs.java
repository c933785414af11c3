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

/** The journals of a vault's runs that have not ended. Safe for several threads. */
public final class Runs {
  private final ObjectStore store;
  private final Catalog catalog;

  Runs(ObjectStore store, Catalog catalog) {
    this.store = requireNonNull(store, "store is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
  }

  /**
   * Begins a run, before it writes anything else. The caller has the run's lease.
   *
   * @throws DynavaultException {@code LEASE_LOST} if there is one of this id
   */
  public RunJournal begin(RunRecord run) {
    String key = VaultKeys.runRecord(run.tableName(), run.id().value());
    if (store.putIfAbsent(key, run.toJson()).isEmpty()) {
      throw new DynavaultException(
          ErrorCode.LEASE_LOST, "unable to begin run '" + run.id() + "': there is one of this id");
    }
    return new RunJournal(store, run);
  }

  /**
   * Runs of a table that have begun and not committed, oldest first: to be resumed by whoever gets
   * their lease.
   */
  public List<RunJournal> unfinished(String tableName) {
    List<RunJournal> journals = new ArrayList<>();
    for (RecoveryPointKey key : keys(VaultKeys.RUNS + tableName + "/")) {
      RecoveryPointId id = new RecoveryPointId(key.id());
      if (!catalog.exists(tableName, id)) {
        open(tableName, id).ifPresent(journals::add);
      }
    }
    return journals;
  }

  /** Table and id of every run that has a journal, also of those that have committed since. */
  public List<RecoveryPointKey> all() {
    return keys(VaultKeys.RUNS);
  }

  /** The journal of a run, where there is one. */
  public Optional<RunJournal> open(String tableName, RecoveryPointId id) {
    return StoredJson.find(store, VaultKeys.runRecord(tableName, id.value()))
        .map(stored -> new RunJournal(store, RunRecord.read(stored)));
  }

  private List<RecoveryPointKey> keys(String prefix) {
    List<RecoveryPointKey> keys = new ArrayList<>();
    store.list(
        prefix,
        info -> VaultKeys.parse(info.key(), VaultKeys.RUNS, "/run.json").ifPresent(keys::add));
    return keys;
  }
}
