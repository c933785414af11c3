// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.copy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.RecoveryPointParser;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.format.layout.VaultKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies recovery points one after the other, each with its own outcome. While one is copied, the
 * source is marked as read and the target's lease is ours.
 */
public final class CopyRun {
  private static final Logger log = LoggerFactory.getLogger(CopyRun.class);

  private final Vault source;
  private final Vault target;
  private final RunContext context;
  private final String toolVersion;

  public CopyRun(Vault source, Vault target, RunContext context, String toolVersion) {
    this.source = requireNonNull(source, "source is null");
    this.target = requireNonNull(target, "target is null");
    this.context = requireNonNull(context, "context is null");
    this.toolVersion = requireNonNull(toolVersion, "toolVersion is null");
  }

  /**
   * Carries the plan out. The subject of each outcome is the recovery point's id.
   *
   * @throws DynavaultException {@code INTERRUPTED} after a stop; what was copied is kept and used
   *     by the next copy
   */
  public List<Outcome<CopyResult>> run(CopyPlan plan) throws InterruptedException {
    context.progress().expect(0, plan.bytes());
    return runPart(plan);
  }

  /** The same, as a part of something whose progress is expected by somebody else. */
  public List<Outcome<CopyResult>> runPart(CopyPlan plan) throws InterruptedException {
    List<Outcome<CopyResult>> outcomes = new ArrayList<>();
    Set<RecoveryPointId> failed = new HashSet<>();
    for (CopyPlan.Step step : plan.steps()) {
      Outcome<CopyResult> outcome = outcome(step, plan.workers(), failed);
      if (outcome.failure().isPresent()) {
        failed.add(step.source().id());
      }
      outcomes.add(outcome);
    }
    return outcomes;
  }

  private Outcome<CopyResult> outcome(CopyPlan.Step step, int workers, Set<RecoveryPointId> failed)
      throws InterruptedException {
    String subject = step.source().id().value();
    if (step.refusal().isPresent()) {
      return new Outcome<>(subject, Optional.empty(), step.refusal());
    }
    Optional<RecoveryPointId> missing = step.buildsOn().filter(failed::contains);
    if (missing.isPresent()) {
      DynavaultException reason = CopyPlanner.baseMissing(step.source(), missing.get());
      return new Outcome<>(subject, Optional.empty(), Optional.of(reason));
    }
    try {
      return new Outcome<>(subject, Optional.of(copy(step, workers)), Optional.empty());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      return new Outcome<>(subject, Optional.empty(), Optional.of(e));
    }
  }

  private CopyResult copy(CopyPlan.Step step, int workers) throws InterruptedException {
    RecoveryPoint point = step.target();
    LeaseName name = LeaseName.copy(point.tableName(), point.id().value());
    try (Mark mark = source.protect(step.source());
        LeaseKeeper reading = LeaseKeeper.start(mark, source.leases().settings(), () -> {});
        Lease lease = target.leases().acquire(name);
        LeaseKeeper writing = LeaseKeeper.start(lease, target.leases().settings(), () -> {})) {
      Optional<CatalogEntry> existing = target.catalog().get(point.tableName(), point.id());
      if (existing.isPresent()) {
        CopyPlanner.requireSameData(point, existing.get().point(), target);
        return new CopyResult(existing.get().point(), CopyPlan.Action.SKIP, 0, 0);
      }
      requireNoDeletion(point);
      Runnable check =
          () -> {
            reading.check();
            writing.check();
            requireNotStopped();
          };
      return copyUnderLease(point, workers, lease, check);
    }
  }

  private CopyResult copyUnderLease(RecoveryPoint point, int workers, Lease lease, Runnable check)
      throws InterruptedException {
    CopyJournal journal =
        CopyJournal.open(source, target, point, context.timing().clock().instant(), toolVersion);
    List<StoredFile> missing = journal.missing(point.files());
    new SharedFiles(target, point).requireOursToWrite(missing);
    copyFiles(missing, workers, journal, check);
    check.run();
    commit(point, lease);
    finish(journal, point);
    long bytes = missing.stream().mapToLong(StoredFile::size).sum();
    return new CopyResult(point, CopyPlan.Action.COPY, missing.size(), bytes);
  }

  /** A deletion whose record is gone may still remove files of this id, for as long as it takes. */
  private void requireNoDeletion(RecoveryPoint point) {
    String journal = VaultKeys.deletion(point.tableName(), point.id().value());
    if (target.store().stat(journal).isPresent()) {
      throw new DynavaultException(
          ErrorCode.LEASE_HELD,
          "unable to copy recovery point '"
              + point.id()
              + "': its deletion from '"
              + target.store().location()
              + "' has not ended",
          "finish the deletion with: dynavault gc, then copy again");
    }
  }

  /** Byte for byte, unless the copy has a lifecycle of its own. */
  private void commit(RecoveryPoint point, Lease lease) {
    String key = ObjectKeys.recoveryPoint(point.tableName(), point.id().value());
    Optional<StoredJson> same =
        StoredJson.find(source.store(), key)
            .filter(record -> RecoveryPointParser.read(record).equals(point));
    if (same.isPresent()) {
      target.commit(same.get(), lease);
    } else {
      target.commit(point, lease);
    }
  }

  /** The copy is made, whatever becomes of its journal: gc removes what is left of it. */
  private void finish(CopyJournal journal, RecoveryPoint point) throws InterruptedException {
    try {
      journal.finish();
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      log.warn(
          "journal of a finished copy not removed, gc does: table={} id={} reason={}",
          point.tableName(),
          point.id(),
          e.getMessage());
    }
  }

  private void copyFiles(List<StoredFile> files, int workers, CopyJournal journal, Runnable check)
      throws InterruptedException {
    FileCopy copy = new FileCopy(source.store(), target.store(), context.progress(), check);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (StoredFile file : files) {
      tasks.add(
          () -> {
            copy.copy(file);
            journal.finished(file);
            return true;
          });
    }
    new Parallel("copy", workers).run(tasks);
  }

  private void requireNotStopped() {
    if (context.stop().isRequested()) {
      throw context.stop().interrupted("copy");
    }
  }
}
