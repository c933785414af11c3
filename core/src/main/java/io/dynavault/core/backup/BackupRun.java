// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.capacity.RateController;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.scan.Segment;
import io.dynavault.core.scan.SegmentPlanner;
import io.dynavault.core.scan.SegmentScanner;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RunJournal;
import io.dynavault.core.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Makes one backup by scan: takes the table's lease, reads all segments into data files, writes the
 * manifests and commits. What a crash leaves at each step stands in docs/format/vault.md, section
 * 9.
 */
public final class BackupRun {
  /** How long every single request may be throttled before the run gives up; it can be resumed. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Vault vault;
  private final DynamoDbTransport transport;
  private final TableIdentity identity;
  private final RunContext context;
  private final String toolVersion;

  /**
   * @param identity tells whether the table is still the one that was planned for
   * @param toolVersion noted in the record
   */
  public BackupRun(
      Vault vault,
      DynamoDbTransport transport,
      TableIdentity identity,
      RunContext context,
      String toolVersion) {
    this.vault = requireNonNull(vault, "vault is null");
    this.transport = requireNonNull(transport, "transport is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.context = context.withOwnStop();
    this.toolVersion = requireNonNull(toolVersion, "toolVersion is null");
  }

  /**
   * Runs a backup from its beginning.
   *
   * @throws DynavaultException {@code LOCKED} where the vault's lock does not allow the lifecycle,
   *     {@code LEASE_HELD} where the table is being backed up already, {@code INTERRUPTED} after a
   *     stop, and whatever ends the work; except for {@code TABLE_CHANGED} it can be resumed
   */
  public BackupResult start(BackupPlan plan) throws InterruptedException {
    vault.requireAllowed(plan.id().startTime(), plan.options().deleteAfter());
    return underLease(
        plan.table().tableName(),
        lease -> {
          RunJournal journal =
              vault.runs().begin(BackupJournal.record(plan, context.timing().clock(), toolVersion));
          return run(new BackupJournal(vault.store(), journal, plan), new FinishedFiles(), lease);
        });
  }

  /**
   * Goes on with the newest backup of a table that was begun and not finished.
   *
   * @param readCapacity to use from now on; empty goes on with that of the plan
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} where there is none, {@code
   *     TABLE_CHANGED} where the table is another one by now, and as {@link #start}
   */
  public BackupResult resume(String tableName, Optional<CapacityBudget> readCapacity)
      throws InterruptedException {
    return underLease(
        tableName,
        lease -> {
          BackupJournal journal = BackupJournal.newest(vault, tableName, readCapacity);
          identity.requireUnchanged(journal.plan().table());
          context.progress().phase("checking finished files");
          return run(journal, journal.finishedFiles(context.stop()), lease);
        });
  }

  /** What is done while the table's lease is held. */
  @FunctionalInterface
  private interface Work {
    BackupResult run(Lease lease) throws InterruptedException;
  }

  private BackupResult underLease(String tableName, Work work) throws InterruptedException {
    LeaseSettings settings = vault.leases().settings();
    try (Lease lease = vault.leases().acquire(LeaseName.backup(tableName), Duration.ZERO);
        LeaseKeeper keeper = LeaseKeeper.start(lease, settings, context.stop()::request)) {
      try {
        return work.run(lease);
      } catch (RuntimeException | InterruptedException e) {
        keeper.check(); // a lost lease is the cause, the failure its consequence
        throw e;
      }
    }
  }

  private BackupResult run(BackupJournal journal, FinishedFiles finished, Lease lease)
      throws InterruptedException {
    long started = context.ticker().nanos();
    int resumed = finished.files().size();
    BackupExport export = new BackupExport(vault, journal, finished, context);
    export.start();
    readSegments(journal.plan(), export, finished);
    requireNotStopped(journal.plan());
    Instant ended = endTime(journal.plan());
    identity.requireUnchanged(journal.plan().table());
    context.progress().phase("committing");
    CatalogEntry entry = vault.commit(export.finish(ended, toolVersion, lease::verify), lease);
    List<String> notes = tidyUp(export, journal);
    return result(entry, Duration.ofNanos(context.ticker().nanos() - started), resumed, notes);
  }

  /** Not before the start, though the clock may have been set back since. */
  private Instant endTime(BackupPlan plan) {
    Instant now = context.timing().clock().instant();
    Instant start = plan.id().startTime();
    return now.isBefore(start) ? start : now;
  }

  /** The recovery point exists, whatever becomes of the rest: gc drops what is left of it. */
  private static List<String> tidyUp(BackupExport export, BackupJournal journal)
      throws InterruptedException {
    try {
      export.removeStrays();
      journal.finish();
      return List.of();
    } catch (DynavaultException e) {
      return List.of(
          "the journal of backup '%s' could not be removed, gc will: %s"
              .formatted(journal.plan().id(), e.getMessage()));
    }
  }

  private BackupResult result(
      CatalogEntry entry, Duration duration, int resumed, List<String> notes) {
    var counters = context.progress().snapshot();
    return new BackupResult(
        entry.point(), duration, counters.capacityUnits(), counters.throttles(), resumed, notes);
  }

  private void readSegments(BackupPlan plan, BackupExport export, FinishedFiles finished)
      throws InterruptedException {
    context.progress().expect(plan.estimatedItems(), plan.estimatedBytes());
    context.progress().phase("reading");
    finished.report(context.progress());
    Queue<Segment> pending = new ConcurrentLinkedQueue<>(pending(plan, finished));
    RateController rate = rate(plan);
    Callable<Boolean> worker = () -> read(pending, plan, rate, export, finished);
    int workers = Math.max(1, Math.min(plan.options().workers(), pending.size()));
    new Parallel("scan-" + plan.table().tableName(), workers)
        .run(Collections.nCopies(workers, worker));
  }

  private static List<Segment> pending(BackupPlan plan, FinishedFiles finished) {
    return SegmentPlanner.segments(plan.totalSegments()).stream()
        .filter(segment -> !finished.isComplete(segment.number()))
        .toList();
  }

  private boolean read(
      Queue<Segment> pending,
      BackupPlan plan,
      RateController rate,
      BackupExport export,
      FinishedFiles finished)
      throws InterruptedException {
    SegmentScanner scanner =
        new SegmentScanner(
            transport,
            plan.query(),
            rate,
            plan.unitsPerSecond(),
            plan.averageItemBytes(),
            context.progress(),
            context.stop());
    for (Segment next = pending.poll(); next != null; next = pending.poll()) {
      if (context.stop().isRequested()) {
        return false;
      }
      read(scanner, next, plan, export, finished);
    }
    return true;
  }

  private void read(
      SegmentScanner scanner,
      Segment segment,
      BackupPlan plan,
      BackupExport export,
      FinishedFiles finished)
      throws InterruptedException {
    var position = finished.position(segment.number());
    try (SegmentFiles files =
        new SegmentFiles(
            segment, position, export, plan.options().fileBytes(), context.progress())) {
      byte[] startKey = position.map(key -> key.getBytes(StandardCharsets.UTF_8)).orElse(null);
      scanner.scan(segment, startKey, files);
      files.finish();
    }
  }

  private RateController rate(BackupPlan plan) {
    return new RateController(
        plan.unitsPerSecond(),
        PATIENCE,
        context.ticker(),
        context.timing().sleeper(),
        context.timing().random(),
        context.stop());
  }

  private void requireNotStopped(BackupPlan plan) {
    if (context.stop().isRequested()) {
      throw context.stop().interrupted("backup of table '" + plan.table().tableName() + "'");
    }
  }
}
