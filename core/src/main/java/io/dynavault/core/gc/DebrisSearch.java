// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.lease.Marks;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.UnfinishedUpload;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogListing;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.RecoveryPointParser;
import io.dynavault.core.vault.RunJournal;
import io.dynavault.core.vault.RunRecord;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.ContinuousKeys;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.format.layout.RecoveryPointKey;
import io.dynavault.format.layout.VaultKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at one suspect at a time and says whether it is debris, by what the vault says at that
 * moment. Planning and acting ask the same questions here; acting asks them under a lease.
 */
final class DebrisSearch {
  private final Vault vault;
  private final ObjectStore store;
  private final Catalog catalog;
  private final Duration grace;

  /**
   * @param grace how long nothing may have been written to what is given up for lost
   */
  DebrisSearch(Vault vault, Duration grace) {
    this.vault = requireNonNull(vault, "vault is null");
    this.store = vault.store();
    this.catalog = vault.catalog();
    this.grace = requireNonNull(grace, "grace is null");
  }

  /** What a suspect is: debris, or left alone with a reason, or nothing at all. */
  record Verdict(Optional<Debris> debris, Optional<String> left) {
    static final Verdict NOTHING = new Verdict(Optional.empty(), Optional.empty());

    static Verdict debris(Debris.Kind kind, RecoveryPointKey point, Found found) {
      Debris debris = new Debris(kind, point, found.keys(), found.bytes());
      return new Verdict(Optional.of(debris), Optional.empty());
    }

    static Verdict left(String reason) {
      return new Verdict(Optional.empty(), Optional.of(reason));
    }
  }

  /** A run that has a journal. */
  Verdict run(RecoveryPointKey point, Instant now) {
    Optional<RunJournal> journal = journal(point);
    if (journal.isPresent() && vault.leases().isHeldNow(journal.get().run().leaseName())) {
      return Verdict.left("a run with its lease is at work");
    }
    return runUnderLease(point, now);
  }

  /** The same, where the lease is ours. */
  Verdict runUnderLease(RecoveryPointKey point, Instant now) {
    Optional<RunJournal> journal = journal(point);
    if (journal.isEmpty()) {
      return Verdict.NOTHING;
    }
    Found entries = journalEntries(point);
    if (exists(point)) {
      return Verdict.debris(Debris.Kind.FINISHED_JOURNAL, point, entries);
    }
    RunRecord run = journal.get().run();
    if (run.kind() == RunRecord.Kind.EXPORT && !journal.get().isGivenUp()) {
      return Verdict.left(
          "AWS has it in work or done; go on with: dynavault backup --method export --resume");
    }
    if (run.kind() == RunRecord.Kind.AWS_BACKUP) {
      return Verdict.left(
          "AWS has it in work or done; go on with: dynavault backup --method aws-backup --resume");
    }
    if (run.kind() == RunRecord.Kind.ON_DEMAND) {
      return Verdict.left(
          "AWS may have made it; the next on-demand backup of the table records it");
    }
    if (!run.ownsFolder() && isUsedByOthers(run.exportPrefix())) {
      return Verdict.left("its folder may be that of another recovery point");
    }
    if (!run.filesBeside().isEmpty() && !catalog.list().unreadable().isEmpty()) {
      return Verdict.left("its files may be those of a recovery point that cannot be read");
    }
    Found beside = Found.of(store, unnamed(run.filesBeside()));
    Found files = Found.below(store, run.exportPrefix() + "/").then(beside);
    Found all = files.then(entries);
    Instant until = all.lastWritten().plus(grace);
    if (until.isAfter(now) && !journal.get().isGivenUp()) {
      return Verdict.left("it can be resumed; counts as given up from " + until + " on");
    }
    return Verdict.debris(Debris.Kind.ABANDONED_RUN, point, all);
  }

  /** Entries below a run's folder, if its record is gone. */
  Verdict strayJournal(RecoveryPointKey point, Instant now) {
    if (store.stat(VaultKeys.runRecord(point.table(), point.id())).isPresent()) {
      return Verdict.NOTHING;
    }
    return aged(Debris.Kind.STRAY_JOURNAL, point, journalEntries(point), now);
  }

  /** A deletion that has a journal. */
  Verdict deletion(RecoveryPointKey point) throws InterruptedException {
    String key = VaultKeys.deletion(point.table(), point.id());
    Optional<StoredJson> journal = StoredJson.find(store, key);
    if (journal.isEmpty()) {
      return Verdict.NOTHING;
    }
    Marks marks = vault.leases().marks();
    if (!marks.living(Mark.Kind.DELETING, point.table(), point.id()).isEmpty()) {
      return Verdict.left("it is being deleted");
    }
    Found own = Found.below(store, key);
    if (exists(point)) {
      return Verdict.debris(Debris.Kind.WITHDRAWN_DELETION, point, own);
    }
    RecoveryPoint deleted = RecoveryPointParser.readDeletion(journal.get());
    return Verdict.debris(Debris.Kind.UNFINISHED_DELETION, point, content(deleted).then(own));
  }

  /** What a deletion has to remove from the vault; nothing where AWS keeps the items. */
  private Found content(RecoveryPoint deleted) {
    if (!(deleted.content() instanceof StoredExport export)) {
      return Found.NOTHING;
    }
    Set<String> named = named(deleted);
    boolean owned = deleted.ownsFolder();
    String folder = export.exportPrefix() + "/";
    Found inside = Found.below(store, folder, info -> owned || named.contains(info.key()));
    List<String> beside = named.stream().filter(key -> !key.startsWith(folder)).sorted().toList();
    return Found.of(store, beside).then(inside);
  }

  /** Files in a recovery point's own folder that its record does not name. */
  Verdict strayFiles(RecoveryPoint record, Instant now) {
    RecoveryPointKey point = new RecoveryPointKey(record.tableName(), record.id().value());
    if (record.method() != Method.SCAN || !record.ownsFolder()) {
      return Verdict.NOTHING; // what AWS writes beside an export is not ours
    }
    Set<String> named = named(record);
    Found strays =
        Found.below(
            store, record.export().exportPrefix() + "/", info -> !named.contains(info.key()));
    return aged(Debris.Kind.STRAY_FILES, point, strays, now);
  }

  /** A mark that nobody renews. */
  Verdict mark(Marks.Found mark, Instant now) {
    Optional<ObjectInfo> info = store.stat(mark.key());
    if (info.isEmpty()) {
      return Verdict.NOTHING;
    }
    Found found = new Found(List.of(mark.key()), info.get().size(), info.get().lastModified());
    return aged(Debris.Kind.RUN_OUT_MARK, mark.point(), found, now);
  }

  /**
   * Journals of the restores of a recovery point: those that have ended, all if it is gone, and old
   * ones if no restore reads it, since a restore at work does not renew its journal.
   */
  Verdict restores(RecoveryPointKey point, Instant now) throws InterruptedException {
    Found all = Found.below(store, prefix(point));
    if (all.isEmpty() || !exists(point)) {
      return verdict(point, all);
    }
    Set<String> open = new HashSet<>();
    for (String key : all.keys()) {
      vault.restores().read(key).filter(restore -> !restore.ended()).ifPresent(r -> open.add(key));
    }
    Found ended = Found.below(store, prefix(point), info -> !open.contains(info.key()));
    if (open.isEmpty()) {
      return verdict(point, ended);
    }
    boolean atWork =
        !vault.leases().marks().living(Mark.Kind.READING, point.table(), point.id()).isEmpty();
    if (atWork) {
      return ended.isEmpty() ? Verdict.left("a restore may be at work") : verdict(point, ended);
    }
    Found old =
        Found.below(
            store,
            prefix(point),
            info -> !open.contains(info.key()) || isOld(info.lastModified(), now));
    return old.isEmpty()
        ? Verdict.left(
            "it can be resumed; counts as given up from " + all.lastWritten().plus(grace) + " on")
        : verdict(point, old);
  }

  private static String prefix(RecoveryPointKey point) {
    return VaultKeys.restores(point.table(), point.id());
  }

  private static Verdict verdict(RecoveryPointKey point, Found found) {
    return found.isEmpty()
        ? Verdict.NOTHING
        : Verdict.debris(Debris.Kind.RESTORE_JOURNAL, point, found);
  }

  /** The lease of a copy into this vault of what has neither a record nor a journal here. */
  Verdict copyLease(RecoveryPointKey point, Instant now) {
    Optional<ObjectInfo> info = store.stat(VaultKeys.copyLease(point.table(), point.id()));
    if (info.isEmpty() || isUsed(point)) {
      return Verdict.NOTHING;
    }
    Found found =
        new Found(List.of(info.get().key()), info.get().size(), info.get().lastModified());
    return aged(Debris.Kind.COPY_LEASE, point, found, now);
  }

  /** Whether there is such a recovery point, or there will be, or it is being deleted. */
  boolean isUsed(RecoveryPointKey point) {
    return exists(point)
        || store.stat(VaultKeys.runRecord(point.table(), point.id())).isPresent()
        || store.stat(VaultKeys.deletion(point.table(), point.id())).isPresent();
  }

  /** Holds of what has neither a record nor a journal. */
  Verdict holds(RecoveryPointKey point, Instant now) {
    if (isUsed(point)) {
      return Verdict.NOTHING;
    }
    Found found = Found.below(store, VaultKeys.holds(point.table(), point.id()));
    // From the last to the first: a log with a gap would count as damaged.
    List<String> lastFirst =
        found.keys().stream().sorted(Comparator.<String>naturalOrder().reversed()).toList();
    Found ordered = new Found(lastFirst, found.bytes(), found.lastWritten());
    return aged(Debris.Kind.ORPHANED_HOLD, point, ordered, now);
  }

  /** Asked for by its own key, never concluded from a listing. */
  boolean exists(RecoveryPointKey point) {
    return catalog.exists(point.table(), new RecoveryPointId(point.id()));
  }

  Optional<RunJournal> journal(RecoveryPointKey point) {
    return vault.runs().find(point.table(), new RecoveryPointId(point.id()));
  }

  boolean isOld(Instant lastWritten, Instant now) {
    return !lastWritten.plus(grace).isAfter(now);
  }

  /** Whether a record names something below the prefix, or cannot be read and might. */
  private boolean isUsedByOthers(String exportPrefix) {
    CatalogListing listing = catalog.list();
    return !listing.unreadable().isEmpty()
        || listing.entries().stream()
            .anyMatch(
                entry ->
                    entry.point().content() instanceof StoredExport export
                        && export.exportPrefix().equals(exportPrefix));
  }

  /** Those keys that lie where exports have their data, and that no record names. */
  private List<String> unnamed(List<String> keys) {
    if (keys.isEmpty()) {
      return keys;
    }
    Set<String> named = new HashSet<>();
    catalog.list().entries().forEach(entry -> named.addAll(named(entry.point())));
    return keys.stream().filter(key -> !VaultKeys.isOwn(key) && !named.contains(key)).toList();
  }

  /**
   * Whether an upload was going to be a file of a committed recovery point or a change file, which
   * is written in seconds, or is kept apart.
   */
  boolean isOurs(UnfinishedUpload upload) {
    return upload.key().isEmpty()
        || ContinuousKeys.parse(upload.key().get())
            .filter(chain -> chain.isDataFile(upload.key().get()))
            .isPresent()
        || ObjectKeys.parseExport(upload.key().get())
            .map(export -> VaultKeys.RUNS + export.table() + "/" + export.exportId())
            .flatMap(point -> VaultKeys.parse(point, VaultKeys.RUNS, ""))
            .filter(this::exists)
            .isPresent();
  }

  /** The record of a run comes last: while it is there, the rest can be found. */
  private Found journalEntries(RecoveryPointKey point) {
    String record = VaultKeys.runRecord(point.table(), point.id());
    Found entries = Found.below(store, VaultKeys.runFiles(point.table(), point.id()));
    return entries.then(Found.below(store, record));
  }

  private Verdict aged(Debris.Kind kind, RecoveryPointKey point, Found found, Instant now) {
    if (found.isEmpty()) {
      return Verdict.NOTHING;
    }
    return isOld(found.lastWritten(), now)
        ? Verdict.debris(kind, point, found)
        : Verdict.left("it is younger than " + grace.toHours() + " hours");
  }

  private static Set<String> named(RecoveryPoint record) {
    return record.files().stream().map(StoredFile::key).collect(Collectors.toSet());
  }

  /** Whether a failure only means that one object cannot be understood. */
  static boolean isUnreadable(DynavaultException e) {
    return e.code() == ErrorCode.DAMAGED || e.code() == ErrorCode.FORMAT_UNSUPPORTED;
  }
}
