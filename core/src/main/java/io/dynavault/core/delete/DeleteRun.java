// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.managed.ManagedBackupState;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.BulkDelete;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointParser;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.format.layout.VaultKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes recovery points, each in the order of docs/format/vault.md, "Deletion": mark, journal,
 * record, files. Whatever the plan said, protection is looked at again.
 */
public final class DeleteRun {
  private static final Logger log = LoggerFactory.getLogger(DeleteRun.class);
  private static final int ATTEMPTS = 5;

  private final Vault vault;
  private final ObjectStore store;
  private final ManagedBackups backups;
  private final Dependents dependents;
  private final BaseRule bases;

  /**
   * @param backups deletes what AWS keeps
   */
  public DeleteRun(Vault vault, ManagedBackups backups) {
    this(vault, backups, BaseRule.KEEP);
  }

  /**
   * @param backups deletes what AWS keeps
   */
  public DeleteRun(Vault vault, ManagedBackups backups, BaseRule bases) {
    this.bases = requireNonNull(bases, "bases is null");
    this.vault = requireNonNull(vault, "vault is null");
    this.store = vault.store();
    this.backups = requireNonNull(backups, "backups is null");
    this.dependents = new Dependents(vault.catalog());
  }

  /**
   * Deletes one recovery point.
   *
   * @throws DynavaultException {@code LOCKED} or {@code LEASE_HELD} if it is protected, {@code
   *     RECOVERY_POINT_NEEDED} if incremental exports or a continuous backup build on it, {@code
   *     RECOVERY_POINT_NOT_FOUND} if it is gone; {@code INCOMPLETE} if it is deleted but some of
   *     its files, or its backup at AWS, are not: {@code gc} removes them
   */
  public Deletion delete(CatalogEntry entry) throws InterruptedException {
    try {
      return deleteMarked(entry);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.STORE_FULL) {
        throw e;
      }
      if (!store.makeRoom()) {
        throw noRoom(entry, e);
      }
      return deleteMarked(entry);
    }
  }

  private Deletion deleteMarked(CatalogEntry entry) throws InterruptedException {
    RecoveryPoint point = entry.point();
    String id = point.id().value();
    try (Mark mark = vault.leases().mark(Mark.Kind.DELETING, point.tableName(), id)) {
      String journal = VaultKeys.deletion(point.tableName(), id);
      requireExists(entry);
      requireUnprotected(entry, mark);
      requireNotNeeded(entry);
      requireDeletable(point);
      putJournal(journal, entry);
      try {
        deleteJournalOfItsRun(point);
        deleteRecord(entry, mark);
      } catch (DynavaultException e) {
        withdraw(journal, entry, e);
        throw e;
      }
      log.info(
          "recovery point deleted: vault={} table={} id={} by={}",
          vault.config().name(),
          point.tableName(),
          id,
          vault.leases().holder());
      return deleteContent(point, journal);
    }
  }

  /**
   * Goes on with a deletion that was cut short after its record was deleted.
   *
   * @param journal its journal, where {@link RecoveryPointParser} finds what to delete
   */
  public Deletion finish(StoredJson journal) throws InterruptedException {
    RecoveryPoint point = RecoveryPointParser.readDeletion(journal);
    if (vault.catalog().exists(point.tableName(), point.id())) {
      throw new DynavaultException(
          ErrorCode.BUG, "unable to finish a deletion: recovery point '" + point.id() + "' exists");
    }
    return deleteContent(point, journal.info().key());
  }

  /**
   * From here on until the journal is gone, nobody copies the recovery point to this place. Who did
   * so before, because it had been deleted meanwhile, must not find a journal.
   */
  private void putJournal(String journal, CatalogEntry entry) {
    boolean ours = store.putIfAbsent(journal, RecoveryPointParser.write(entry.point())).isPresent();
    try {
      requireExists(entry);
    } catch (DynavaultException e) {
      if (ours && e.code() == ErrorCode.RECOVERY_POINT_NOT_FOUND) {
        store.delete(journal);
      }
      throw e;
    }
  }

  /**
   * A run that has committed and could not remove its journal would look like an interrupted one
   * without the record, and whoever resumed it would make this recovery point once more, of today's
   * items.
   */
  private void deleteJournalOfItsRun(RecoveryPoint point) throws InterruptedException {
    String id = point.id().value();
    String run = VaultKeys.runRecord(point.tableName(), id);
    if (store.stat(run).isEmpty()) {
      return;
    }
    List<String> entries = new ArrayList<>();
    store.list(VaultKeys.runFiles(point.tableName(), id), info -> entries.add(info.key()));
    new BulkDelete(store).delete(entries);
    store.delete(run);
  }

  private void deleteRecord(CatalogEntry entry, Mark mark) throws InterruptedException {
    requireUnprotected(entry, mark);
    String record = ObjectKeys.recoveryPoint(entry.tableName(), entry.id().value());
    store.delete(record);
    if (vault.catalog().exists(entry.tableName(), entry.id())) {
      throw new DynavaultException(
          ErrorCode.ACCESS_DENIED,
          "unable to delete " + title(entry) + ": the store keeps its record",
          "see whether object lock or a retention policy of the store protects it");
    }
  }

  private void requireExists(CatalogEntry entry) {
    if (!vault.catalog().exists(entry.tableName(), entry.id())) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to delete " + title(entry) + ": it is gone already");
    }
  }

  /**
   * The mark is renewed before and timed: whoever begins to read while we look sees it, or we see
   * him. If this process stood still meanwhile, nothing is known and we look again.
   */
  private void requireUnprotected(CatalogEntry entry, Mark mark) throws InterruptedException {
    LeaseSettings settings = vault.leases().settings();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long start = settings.ticker().nanos();
      mark.renew();
      List<Protection> protections = Protections.of(vault, entry).of(entry);
      if (!protections.isEmpty()) {
        throw refused(entry, protections);
      }
      Duration elapsed = Duration.ofNanos(settings.ticker().nanos() - start);
      if (elapsed.compareTo(mark.ttl().dividedBy(2)) <= 0) {
        return;
      }
    }
    throw new DynavaultException(
        ErrorCode.SERVICE_UNAVAILABLE,
        "unable to delete " + title(entry) + ": the store answers too slowly to be safe");
  }

  private void requireNotNeeded(CatalogEntry entry) {
    Optional<Protection> needed =
        Dependents.protection(dependents.of(entry)).or(() -> bases.protection(vault, entry));
    if (needed.isPresent()) {
      throw refused(entry, List.of(needed.get()));
    }
  }

  /** Takes the journal back, if the recovery point is still there. */
  private void withdraw(String journal, CatalogEntry entry, DynavaultException primary) {
    try {
      if (vault.catalog().exists(entry.tableName(), entry.id())) {
        store.delete(journal);
      }
    } catch (DynavaultException e) {
      primary.addSuppressed(e);
    }
  }

  /** What the record named: the backup at AWS or the files, then what is beside and the journal. */
  private Deletion deleteContent(RecoveryPoint point, String journal) throws InterruptedException {
    int objects;
    try {
      objects =
          point.content() instanceof ManagedBackup backup
              ? deleteBackup(point, backup, journal)
              : deleteFiles(point, point.export(), journal);
      requireStillDeleting(point, journal);
      store.delete(journal);
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED || e.code() == ErrorCode.LEASE_LOST) {
        throw e;
      }
      throw new DynavaultException(
          ErrorCode.INCOMPLETE,
          "recovery point '%s' is deleted, but not all of its %s: %s"
              .formatted(
                  point.id(),
                  point.method().isManaged() ? "backup at AWS" : "files",
                  e.getMessage()),
          "remove the rest with: dynavault gc",
          e);
    }
    return new Deletion(point, objects);
  }

  private int deleteBackup(RecoveryPoint point, ManagedBackup backup, String journal)
      throws InterruptedException {
    requireStillDeleting(point, journal);
    if (!new Sharers(vault, point).nameTheBackup(backup)) {
      backups.delete(point);
    }
    Set<String> beside = beside(point);
    new BulkDelete(store, () -> requireStillDeleting(point, journal)).delete(beside);
    return beside.size();
  }

  private int deleteFiles(RecoveryPoint point, StoredExport export, String journal)
      throws InterruptedException {
    Sharers sharers = new Sharers(vault, point);
    Set<String> keys =
        export.files().stream().map(StoredFile::key).collect(Collectors.toCollection(TreeSet::new));
    if (sharers.arePossible()) {
      keys.removeAll(sharers.files());
    } else {
      store.list(export.exportPrefix() + "/", info -> keys.add(info.key()));
    }
    keys.addAll(beside(point));
    Runnable check = () -> requireStillDeleting(point, journal);
    new BulkDelete(store, check).delete(keys);
    if (!sharers.arePossible()) {
      deleteWhatWasNotListed(export, check);
    }
    return keys.size();
  }

  /** Its holds, and what says that it is a base of a continuous backup. */
  private Set<String> beside(RecoveryPoint point) {
    Set<String> keys = new TreeSet<>(new ContinuousBases(vault).keys(point));
    store.list(
        VaultKeys.holds(point.tableName(), point.id().value()), info -> keys.add(info.key()));
    return keys;
  }

  /** One listing that is not whole must not leave files behind that nobody finds any more. */
  private void deleteWhatWasNotListed(StoredExport export, Runnable check)
      throws InterruptedException {
    List<String> rest = new ArrayList<>();
    store.list(export.exportPrefix() + "/", info -> rest.add(info.key()));
    new BulkDelete(store, check).delete(rest);
  }

  /** Before anything is deleted: AWS has to answer, and to have ended what it does with it. */
  private void requireDeletable(RecoveryPoint point) throws InterruptedException {
    new Sharers(vault, point).requireKnown();
    if (point.content() instanceof ManagedBackup backup
        && backups.state(point).status() == ManagedBackupState.Status.CREATING) {
      throw new DynavaultException(
          ErrorCode.LEASE_HELD,
          "unable to delete recovery point '%s' of table '%s': AWS is still making '%s'"
              .formatted(point.id(), point.tableName(), backup.arn()),
          "delete it when AWS has made it");
    }
  }

  /**
   * While the journal is there, nobody copies to the place of what we delete. If this process stood
   * still and another one finished the deletion, files that are there now are a new copy's.
   */
  private void requireStillDeleting(RecoveryPoint point, String journal) {
    boolean exists = vault.catalog().exists(point.tableName(), point.id());
    if (exists || store.stat(journal).isEmpty()) {
      throw new DynavaultException(
          ErrorCode.LEASE_LOST,
          "unable to go on with the deletion of recovery point '"
              + point.id()
              + "': "
              + (exists ? "it exists again" : "another process has finished it"),
          "see what is there with: dynavault list");
    }
  }

  private static DynavaultException refused(CatalogEntry entry, List<Protection> protections) {
    String reasons = protections.stream().map(Protection::text).collect(Collectors.joining("; "));
    Protection first = protections.get(0);
    String message = "unable to delete " + title(entry) + ": it is " + reasons;
    return first.kind() == Protection.Kind.HOLD
        ? new DynavaultException(
            first.kind().code(),
            message,
            "end the hold, if its reason has gone, with: dynavault release %s --table %s"
                .formatted(entry.id(), entry.tableName()))
        : new DynavaultException(first.kind().code(), message);
  }

  private static DynavaultException noRoom(CatalogEntry entry, DynavaultException cause) {
    return new DynavaultException(
        ErrorCode.STORE_FULL,
        "unable to delete %s: %s".formatted(title(entry), cause.getMessage()),
        "a deletion notes what it deletes before it frees anything: free some 100 KB there by other"
            + " means, then delete again",
        cause);
  }

  private static String title(CatalogEntry entry) {
    return "recovery point '" + entry.id() + "' of table '" + entry.tableName() + "'";
  }
}
