// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.ObjectKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * The recovery points of a vault: what there is and which one a user means. It has no index: the
 * records are the truth. Safe for several threads.
 */
public final class Catalog {
  private static final int READERS = 8;

  private final ObjectStore store;

  Catalog(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /** Everything in the vault. */
  public CatalogListing list() {
    return read(refs(ObjectKeys.recoveryPoints()));
  }

  /** Everything of one table; empty for a table that was never backed up. */
  public CatalogListing list(String tableName) {
    return read(refs(ObjectKeys.recoveryPoints(tableName)));
  }

  /** Ids of a table's recovery points, whether their records can be read or not; sorted. */
  public List<RecoveryPointId> ids(String tableName) {
    return refs(ObjectKeys.recoveryPoints(tableName)).stream().map(RecordRef::id).toList();
  }

  /** Names of the tables that have recovery points, sorted. */
  public List<String> tableNames() {
    return refs(ObjectKeys.recoveryPoints()).stream()
        .map(RecordRef::tableName)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The recovery point that is meant, of whatever table.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND}, or {@code
   *     RECOVERY_POINT_AMBIGUOUS} where several match or {@code latest} could be of several tables
   */
  public CatalogEntry find(Selector selector) {
    return new CatalogSearch(store, "").find(refs(ObjectKeys.recoveryPoints()), selector);
  }

  /**
   * The recovery point of a table that is meant.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} or {@code RECOVERY_POINT_AMBIGUOUS}
   */
  public CatalogEntry find(String tableName, Selector selector) {
    String of = " of table '" + tableName + "'";
    return new CatalogSearch(store, of).find(refs(ObjectKeys.recoveryPoints(tableName)), selector);
  }

  /**
   * The recovery point with this id, read from its own key; empty where it does not exist.
   *
   * @throws DynavaultException {@code DAMAGED} or {@code FORMAT_UNSUPPORTED} if it cannot be read
   */
  public Optional<CatalogEntry> get(String tableName, RecoveryPointId id) {
    return read(store, new RecordRef(tableName, id));
  }

  /** Whether the record exists, readable or not, asked for by its own key. */
  public boolean exists(String tableName, RecoveryPointId id) {
    return store.stat(ObjectKeys.recoveryPoint(tableName, id.value())).isPresent();
  }

  /** A record that is damaged only when it is read for the first time is not damaged. */
  static Optional<CatalogEntry> read(ObjectStore store, RecordRef ref) {
    try {
      return readOnce(store, ref);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      return readOnce(store, ref);
    }
  }

  private static Optional<CatalogEntry> readOnce(ObjectStore store, RecordRef ref) {
    return StoredJson.find(store, ObjectKeys.recoveryPoint(ref.tableName(), ref.id().value()))
        .map(
            stored ->
                new CatalogEntry(RecoveryPointParser.read(stored), stored.info().lastModified()));
  }

  /** Each once, however often a listing names it: retention counts them. */
  private List<RecordRef> refs(String prefix) {
    Set<RecordRef> refs = new HashSet<>();
    store.list(
        prefix,
        info ->
            ObjectKeys.parseRecoveryPoint(info.key())
                .map(key -> new RecordRef(key.table(), new RecoveryPointId(key.id())))
                .ifPresent(refs::add));
    return refs.stream()
        .sorted(Comparator.comparing(RecordRef::tableName).thenComparing(RecordRef::id))
        .toList();
  }

  private CatalogListing read(List<RecordRef> refs) {
    List<CatalogEntry> entries = new ArrayList<>();
    List<UnreadableRecord> unreadable = new ArrayList<>();
    List<Callable<Optional<CatalogEntry>>> reads = new ArrayList<>();
    for (RecordRef ref : refs) {
      reads.add(() -> readIsolated(ref, unreadable));
    }
    try {
      new Parallel("catalog", READERS).run(reads).forEach(entry -> entry.ifPresent(entries::add));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED, "reading the vault's records was interrupted", e);
    }
    unreadable.sort(
        Comparator.comparing(UnreadableRecord::tableName).thenComparing(UnreadableRecord::id));
    return new CatalogListing(entries, unreadable);
  }

  /** A record that cannot be read goes to the list; a store that fails ends it all. */
  private Optional<CatalogEntry> readIsolated(RecordRef ref, List<UnreadableRecord> unreadable) {
    try {
      return read(store, ref);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED && e.code() != ErrorCode.FORMAT_UNSUPPORTED) {
        throw e;
      }
      synchronized (unreadable) {
        unreadable.add(new UnreadableRecord(ref.tableName(), ref.id(), e));
      }
      return Optional.empty();
    }
  }
}
