// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultLock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes an on-demand backup of one table: notes the intent, has AWS make the backup, waits for it,
 * records it. A run that dies leaves the intent; the next one of the table finds by it what AWS has
 * made, and records that first. Used once.
 */
public final class OnDemandRun {
  /**
   * How long AWS is given to show a backup in its list, whose making nobody has heard the end of.
   */
  private static final Duration UNSEEN = Duration.ofMinutes(15);

  /** AWS's clock and ours may differ. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(15);

  private final Vault vault;
  private final OnDemandBackups backups;
  private final BackupWaiter waiter;
  private final RunContext context;
  private final String toolVersion;
  private final List<RecoveryPoint> points = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param maxWait longest time to wait for AWS
   * @param toolVersion noted in the record
   */
  public OnDemandRun(
      Vault vault,
      OnDemandBackups backups,
      Duration maxWait,
      RunContext context,
      String toolVersion) {
    this.vault = requireNonNull(vault, "vault is null");
    this.backups = requireNonNull(backups, "backups is null");
    this.context = context.withOwnStop();
    this.waiter = new BackupWaiter(backups, maxWait, this.context);
    this.toolVersion = requireNonNull(toolVersion, "toolVersion is null");
  }

  /**
   * Makes the backup, after recording those that earlier runs have begun.
   *
   * @throws DynavaultException {@code LOCKED} where the vault's lock does not allow the lifecycle,
   *     {@code LEASE_HELD} where another run makes one of this table, {@code INTERRUPTED} after a
   *     stop, and what AWS refuses
   */
  public OnDemandResult start(OnDemandPlan plan) throws InterruptedException {
    requireLifecycleAllowed(plan.options());
    return underLease(
        plan.tableName(),
        lease -> {
          recover(plan.tableName(), lease);
          context.progress().expect(plan.estimatedItems(), plan.estimatedBytes());
          make(plan, lease);
        });
  }

  /**
   * Records what earlier runs have begun.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} where there is nothing, and as
   *     {@link #start}
   */
  public OnDemandResult resume(String tableName) throws InterruptedException {
    return underLease(
        tableName,
        lease -> {
          recover(tableName, lease);
          if (points.isEmpty()) {
            throw new DynavaultException(
                ErrorCode.RECOVERY_POINT_NOT_FOUND,
                "unable to resume an on-demand backup of table '%s': none is unfinished"
                    .formatted(tableName),
                "run the backup without --resume");
          }
        });
  }

  /** What is done while the table's lease is held. */
  @FunctionalInterface
  private interface Work {
    void run(Lease lease) throws InterruptedException;
  }

  private OnDemandResult underLease(String tableName, Work work) throws InterruptedException {
    long started = context.ticker().nanos();
    try (Lease lease = vault.leases().acquire(LeaseName.onDemand(tableName), Duration.ZERO);
        LeaseKeeper keeper =
            LeaseKeeper.start(lease, vault.leases().settings(), context.stop()::request)) {
      try {
        work.run(lease);
      } catch (RuntimeException | InterruptedException e) {
        keeper.check(); // a lost lease is the cause, the failure its consequence
        throw e;
      }
    }
    Duration took = Duration.ofNanos(context.ticker().nanos() - started);
    return new OnDemandResult(tableName, points, took, notes);
  }

  private void make(OnDemandPlan plan, Lease lease) throws InterruptedException {
    Instant now = context.timing().clock().instant();
    OnDemandJournal intent =
        OnDemandJournal.begin(vault, plan, now, context.timing().random(), toolVersion);
    context.progress().phase("asking AWS for the backup");
    BackupInfo created = create(intent);
    record(intent, created, lease);
    noteTwins(intent, created);
  }

  /** An answer that never came does not mean that there is no backup: its name tells. */
  private BackupInfo create(OnDemandJournal intent) throws InterruptedException {
    try {
      return backups.create(intent.plan().tableName(), intent.plan().name());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      if (provesNoBackup(e)) {
        intent.finish();
        throw e;
      }
      return named(intent).stream().findFirst().orElseThrow(() -> e);
    }
  }

  /** A refusal does, unless the request was sent before: that one may have made the backup. */
  private static boolean provesNoBackup(DynavaultException failure) {
    return failure.code() != ErrorCode.SERVICE_UNAVAILABLE
        && !(failure instanceof RefusedException refused && refused.isRepeated());
  }

  private void recover(String tableName, Lease lease) throws InterruptedException {
    for (OnDemandJournal intent : OnDemandJournal.unfinished(vault, tableName)) {
      context.progress().phase("looking for the backup of an earlier run");
      Optional<BackupInfo> found = named(intent).stream().findFirst();
      if (found.isPresent()) {
        record(intent, found.get(), lease);
        notes.add(
            "backup '%s', which an earlier run had begun, is recorded now"
                .formatted(found.get().arn()));
      } else if (intent.started().plus(UNSEEN).isBefore(context.timing().clock().instant())) {
        intent.finish(); // it was never made
      }
    }
  }

  /** The backups of the intent's table that have its name, oldest first. */
  private List<BackupInfo> named(OnDemandJournal intent) throws InterruptedException {
    BackupFilter filter =
        new BackupFilter(
            Optional.of(intent.plan().tableName()),
            BackupFilter.Types.USER,
            Optional.of(intent.started().minus(CLOCKS_DIFFER)),
            Optional.empty());
    return backups.list(filter).stream()
        .filter(backup -> backup.name().equals(intent.plan().name().value()))
        .toList();
  }

  private void record(OnDemandJournal intent, BackupInfo created, Lease lease)
      throws InterruptedException {
    if (vault.catalog().exists(created.tableName(), created.arn().id())) {
      intent.finish(); // recorded by a run that died just after
      return;
    }
    BackupInfo backup = waiter.untilAvailable(created);
    requireSameTable(intent, backup);
    context.progress().phase("committing");
    OnDemandOptions options = intent.plan().options();
    RecoveryPoint point =
        BackupRecord.of(
            backup, intent.plan().table(), options.tags(), options.deleteAfter(), toolVersion);
    points.add(vault.commit(point, lease).point());
    intent.finish();
  }

  private static void requireSameTable(OnDemandJournal intent, BackupInfo backup)
      throws InterruptedException {
    if (backup.tableId().isEmpty() || backup.tableId().equals(intent.plan().table().tableId())) {
      return;
    }
    intent.finish();
    throw new DynavaultException(
        ErrorCode.TABLE_CHANGED,
        "unable to record backup '%s': table '%s' was deleted and created again meanwhile"
            .formatted(backup.arn(), backup.tableName()),
        "record it with: dynavault on-demand adopt " + backup.arn());
  }

  /** A request that the client has sent again, because no answer came, makes a second backup. */
  private void noteTwins(OnDemandJournal intent, BackupInfo recorded) throws InterruptedException {
    for (BackupInfo twin : named(intent)) {
      if (!twin.arn().equals(recorded.arn())) {
        notes.add(
            ("AWS has made a second backup, '%s', because an answer was lost:"
                    + " delete it with: dynavault on-demand delete")
                .formatted(twin.arn()));
      }
    }
  }

  /** Before anything is made, not when it is recorded. */
  private void requireLifecycleAllowed(OnDemandOptions options) {
    Optional<VaultLock> lock = vault.lockLog().state().lock();
    if (lock.isEmpty()) {
      return;
    }
    Instant now = context.timing().clock().instant();
    if (options.deleteAfter().isPresent()) {
      lock.get().requireAllowed(now, now.plus(options.deleteAfter().get()));
    } else {
      lock.get().requireAllowed(now);
    }
  }
}
