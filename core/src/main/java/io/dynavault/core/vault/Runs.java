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
    return new RunJournal(store, run, false);
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

  /** The journal of a run that can be gone on with; empty also for one that was given up. */
  public Optional<RunJournal> open(String tableName, RecoveryPointId id) {
    return find(tableName, id).filter(journal -> !journal.isGivenUp());
  }

  /** The journal of a run, given up or not, where there is one. */
  public Optional<RunJournal> find(String tableName, RecoveryPointId id) {
    return StoredJson.find(store, VaultKeys.runRecord(tableName, id.value()))
        .map(stored -> RunJournal.read(store, stored));
  }

  /**
   * Notes in a run's journal, for good, that its files are going to be removed: whoever opens it
   * from now on does not go on with it. The caller has the run's lease and verifies it afterwards;
   * who had opened the journal before has taken the lease.
   *
   * @throws DynavaultException {@code LEASE_LOST} if the journal is gone or another process writes
   *     it
   */
  public void giveUp(String tableName, RecoveryPointId id) {
    Optional<StoredJson> stored =
        StoredJson.find(store, VaultKeys.runRecord(tableName, id.value()));
    if (stored.isPresent() && !RunJournal.read(store, stored.get()).isGivenUp()) {
      byte[] content = RunRecord.read(stored.get()).toJson(true);
      store.replace(stored.get().info().key(), content, stored.get().info().version());
    }
    // Read again: the answer to a write that happened can have been lost.
    if (find(tableName, id).filter(RunJournal::isGivenUp).isEmpty()) {
      throw new DynavaultException(
          ErrorCode.LEASE_LOST, "unable to give up run '" + id + "': another process works on it");
    }
  }

  private List<RecoveryPointKey> keys(String prefix) {
    List<RecoveryPointKey> keys = new ArrayList<>();
    store.list(
        prefix,
        info -> VaultKeys.parse(info.key(), VaultKeys.RUNS, "/run.json").ifPresent(keys::add));
    return keys;
  }
}
