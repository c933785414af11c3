// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.delete.DeleteRun;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.gc.DebrisSearch.Verdict;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.lease.Marks;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.UnfinishedUpload;
import io.dynavault.core.vault.BulkDelete;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.RunJournal;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.ContinuousKeys;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.format.layout.RecoveryPointKey;
import io.dynavault.format.layout.RestoreRequestKey;
import io.dynavault.format.layout.VaultKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what a plan found, each find after it was looked at again. What belongs to a run is
 * touched only under that run's lease, so that nobody resumes it meanwhile; the object by which the
 * others are found goes last, so that a collection that is cut short can be done again.
 */
public final class GcRun {
  private static final Logger log = LoggerFactory.getLogger(GcRun.class);

  private final Vault vault;
  private final ObjectStore store;
  private final DebrisSearch search;
  private final RequestSearch requests;
  private final ChangeFileSearch changes;
  private final ManagedBackups backups;

  /**
   * @param grace that of the plan, or longer
   * @param backups deletes what AWS keeps, where a deletion was cut short
   */
  public GcRun(Vault vault, Duration grace, ManagedBackups backups) {
    this.backups = requireNonNull(backups, "backups is null");
    this.vault = requireNonNull(vault, "vault is null");
    this.store = vault.store();
    this.search = new DebrisSearch(vault, grace);
    this.requests = new RequestSearch(vault, grace);
    this.changes = new ChangeFileSearch(vault, grace);
  }

  public GcResult run(GcPlan plan) throws InterruptedException {
    List<Debris> removed = new ArrayList<>();
    List<GcPlan.Left> left = new ArrayList<>(plan.left());
    List<GcResult.Failed> failed = new ArrayList<>();
    for (Debris debris : plan.debris()) {
      try {
        if (collectWithRoom(debris)) {
          removed.add(debris);
        } else {
          left.add(left(debris, "it changed since the plan was made"));
        }
      } catch (DynavaultException e) {
        if (e.code() == ErrorCode.INTERRUPTED) {
          throw e;
        }
        if (e.code() == ErrorCode.LEASE_HELD) {
          left.add(left(debris, "it is in use: " + e.getMessage()));
        } else {
          failed.add(new GcResult.Failed(debris, e));
        }
      }
    }
    int discarded = 0;
    for (UnfinishedUpload upload : plan.uploads()) {
      try {
        store.discard(upload);
        discarded++;
      } catch (DynavaultException e) {
        if (e.code() == ErrorCode.INTERRUPTED) {
          throw e;
        }
        failed.add(new GcResult.Failed(debris(upload), e));
      }
    }
    return new GcResult(removed, discarded, left, failed);
  }

  /** Taking a lease needs a little room, on a full disk, too. */
  private boolean collectWithRoom(Debris debris) throws InterruptedException {
    try {
      return collect(debris);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.STORE_FULL || !store.makeRoom()) {
        throw e;
      }
      return collect(debris);
    }
  }

  /** Whose it is, where its key says so; else by what the store calls it. */
  private static Debris debris(UnfinishedUpload upload) {
    RecoveryPointKey point =
        upload
            .key()
            .flatMap(ObjectKeys::parseExport)
            .map(export -> new RecoveryPointKey(export.table(), export.exportId()))
            .orElse(new RecoveryPointKey("", upload.id()));
    return new Debris(Debris.Kind.UNFINISHED_UPLOAD, point, upload.key().stream().toList(), 0);
  }

  private boolean collect(Debris debris) throws InterruptedException {
    boolean done =
        switch (debris.kind()) {
          case ABANDONED_RUN, FINISHED_JOURNAL -> collectRun(debris);
          case UNFINISHED_DELETION -> finishDeletion(debris);
          case COPY_LEASE -> collectCopyLease(debris);
          case UNNAMED_CHANGES -> collectChanges(debris);
          case UNFINISHED_UPLOAD -> false; // not a find of its own: discarded by its id
          case STRAY_JOURNAL,
              STRAY_FILES,
              ORPHANED_HOLD,
              RUN_OUT_MARK,
              WITHDRAWN_DELETION,
              RESTORE_JOURNAL,
              REQUEST_ANSWER,
              REQUEST_CHECKPOINT,
              EXPIRED_COMMITS ->
              remove(debris, lookAgain(debris), () -> {});
        };
    if (done) {
      log.info(
          "debris removed: vault={} kind={} table={} id={} objects={} bytes={}",
          vault.config().name(),
          debris.kind(),
          debris.point().table(),
          debris.point().id(),
          debris.keys().size(),
          debris.bytes());
    }
    return done;
  }

  private boolean collectRun(Debris debris) throws InterruptedException {
    Optional<RunJournal> journal = search.journal(debris.point());
    if (journal.isEmpty()) {
      return false;
    }
    try (Lease lease = vault.leases().acquire(journal.get().run().leaseName());
        LeaseKeeper keeper = LeaseKeeper.start(lease, vault.leases().settings(), () -> {})) {
      Verdict verdict = search.runUnderLease(debris.point(), now());
      if (!confirms(verdict, debris)) {
        return false;
      }
      Runnable check =
          () -> {
            keeper.check();
            lease.verify();
          };
      if (debris.kind() == Debris.Kind.ABANDONED_RUN) {
        giveUp(journal.get(), check);
      }
      return remove(debris, verdict, check);
    }
  }

  /** Nobody copies while the lease is ours; who begins afterwards makes a lease anew. */
  private boolean collectCopyLease(Debris debris) throws InterruptedException {
    RecoveryPointKey point = debris.point();
    if (!confirms(lookAgain(debris), debris)) {
      return false;
    }
    try (Lease lease = vault.leases().acquire(LeaseName.copy(point.table(), point.id()))) {
      if (search.isUsed(point)) {
        return false;
      }
      lease.remove();
      return true;
    }
  }

  /** A copy names files that one before it has brought, however long ago: it must not run. */
  private boolean collectChanges(Debris debris) throws InterruptedException {
    RecoveryPointKey chain = debris.point();
    String copied = new ContinuousKeys(chain.table(), chain.id()).copied();
    if (store.stat(copied).isEmpty()) {
      return remove(debris, lookAgain(debris), () -> {});
    }
    try (Lease lease = vault.leases().acquire(LeaseName.copyOfChain(chain.table(), chain.id()));
        LeaseKeeper keeper = LeaseKeeper.start(lease, vault.leases().settings(), () -> {})) {
      return remove(debris, lookAgain(debris), keeper::check);
    }
  }

  /**
   * Who takes the lease from us after the check finds the run given up; who took it before makes
   * the check fail. So nobody goes on with files that we remove, however long we sleep.
   */
  private void giveUp(RunJournal journal, Runnable check) {
    vault.runs().giveUp(journal.run().tableName(), journal.run().id());
    check.run();
    discardUploads(journal.run().exportPrefix() + "/");
  }

  private boolean finishDeletion(Debris debris) throws InterruptedException {
    RecoveryPointKey point = debris.point();
    Optional<StoredJson> journal =
        StoredJson.find(store, VaultKeys.deletion(point.table(), point.id()));
    boolean still = confirms(lookAgain(debris), debris);
    if (still && journal.isPresent()) {
      new DeleteRun(vault, backups).finish(journal.get());
      return true;
    }
    return false;
  }

  private Verdict lookAgain(Debris debris) throws InterruptedException {
    RecoveryPointKey point = debris.point();
    return switch (debris.kind()) {
      case ABANDONED_RUN, FINISHED_JOURNAL -> search.run(point, now());
      case STRAY_JOURNAL -> search.strayJournal(point, now());
      case UNFINISHED_DELETION, WITHDRAWN_DELETION -> search.deletion(point);
      case STRAY_FILES -> strayFiles(point);
      case ORPHANED_HOLD -> search.holds(point, now());
      case RUN_OUT_MARK -> mark(debris);
      case RESTORE_JOURNAL -> search.restores(point, now());
      case REQUEST_ANSWER ->
          requests.look(new RestoreRequestKey(point.id(), Optional.empty()), now());
      case REQUEST_CHECKPOINT ->
          requests.look(new RestoreRequestKey(point.id(), Optional.of(point.table())), now());
      case COPY_LEASE -> search.copyLease(point, now());
      case UNNAMED_CHANGES -> changes.look(point);
      case EXPIRED_COMMITS -> changes.expired(point);
      case UNFINISHED_UPLOAD -> Verdict.NOTHING;
    };
  }

  private Verdict strayFiles(RecoveryPointKey point) {
    Optional<CatalogEntry> entry =
        vault.catalog().get(point.table(), new RecoveryPointId(point.id()));
    return entry.map(e -> search.strayFiles(e.point(), now())).orElse(Verdict.NOTHING);
  }

  private Verdict mark(Debris debris) throws InterruptedException {
    for (Mark.Kind kind : Mark.Kind.values()) {
      for (Marks.Found mark : vault.leases().marks().runOut(kind)) {
        if (debris.keys().contains(mark.key())) {
          return search.mark(mark, now());
        }
      }
    }
    return Verdict.NOTHING;
  }

  /** Removes what the second look found, if it still is what the first one took it for. */
  private boolean remove(Debris planned, Verdict verdict, Runnable check)
      throws InterruptedException {
    if (!confirms(verdict, planned)) {
      return false;
    }
    List<String> keys = verdict.debris().orElseThrow().keys();
    if (planned.kind() == Debris.Kind.ORPHANED_HOLD) {
      keys.forEach(store::delete);
      return true;
    }
    new BulkDelete(store, check).delete(keys.subList(0, Math.max(0, keys.size() - 1)));
    if (planned.kind() == Debris.Kind.ABANDONED_RUN && !onlyTheLastIsLeft(planned, keys)) {
      return false;
    }
    check.run();
    keys.stream().skip(Math.max(0, keys.size() - 1)).forEach(store::delete);
    return true;
  }

  /**
   * A listing that was not whole would leave files behind that nobody finds once the record of the
   * run is gone; the next collection goes on with them.
   */
  private boolean onlyTheLastIsLeft(Debris planned, List<String> keys) {
    Verdict rest = search.runUnderLease(planned.point(), now());
    return rest.debris().filter(left -> left.keys().equals(last(keys))).isPresent();
  }

  private static List<String> last(List<String> keys) {
    return keys.subList(Math.max(0, keys.size() - 1), keys.size());
  }

  private static boolean confirms(Verdict verdict, Debris planned) {
    return verdict.debris().filter(now -> now.kind() == planned.kind()).isPresent();
  }

  private void discardUploads(String prefix) {
    List<UnfinishedUpload> uploads = new ArrayList<>();
    store.listUnfinished(
        upload -> {
          if (upload.key().filter(key -> key.startsWith(prefix)).isPresent()) {
            uploads.add(upload);
          }
        });
    uploads.forEach(store::discard);
  }

  private Instant now() {
    return vault.leases().clock().earlier();
  }

  private static GcPlan.Left left(Debris debris, String reason) {
    return new GcPlan.Left(debris.kind().text(), debris.point(), reason);
  }
}
