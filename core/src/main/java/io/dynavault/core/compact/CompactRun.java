// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compact;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.export.NewExport;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.pitr.CommittedChanges;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RunJournal;
import io.dynavault.core.vault.RunRecord;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.verify.Finding;
import io.dynavault.core.verify.VerifyLevel;
import io.dynavault.core.verify.VerifyRequest;
import io.dynavault.core.verify.VerifyResult;
import io.dynavault.core.verify.VerifyRun;
import io.dynavault.core.verify.VerifyTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes one full backup out of a base and its changes: under the table's backup lease, in memory
 * that does not grow with the table. The new recovery point is read back; only a sound one becomes
 * a base. What a crash leaves is what it leaves of a backup: a journal, with which {@code gc}
 * removes the files; or a whole recovery point that is no base.
 */
public final class CompactRun {
  private final Vault vault;
  private final RunContext context;
  private final String toolVersion;

  /**
   * @param toolVersion noted in the record
   */
  public CompactRun(Vault vault, RunContext context, String toolVersion) {
    this.vault = requireNonNull(vault, "vault is null");
    this.context = context.withOwnStop();
    this.toolVersion = requireNonNull(toolVersion, "toolVersion is null");
  }

  /**
   * Compacts.
   *
   * @throws DynavaultException {@code LEASE_HELD} where the table is being backed up, {@code
   *     LOCKED} where the vault's lock does not allow the lifecycle, {@code DAMAGED} where base,
   *     changes or the new backup are not whole
   */
  public CompactResult run(CompactPlan plan) throws InterruptedException {
    long started = context.ticker().nanos();
    LeaseSettings settings = vault.leases().settings();
    RecoveryPoint base = plan.content().base();
    vault.requireAllowed(plan.content().moment(), plan.options().deleteAfter());
    try (Lease lease = vault.leases().acquire(LeaseName.backup(plan.tableName()), Duration.ZERO);
        LeaseKeeper keeper = LeaseKeeper.start(lease, settings, context.stop()::request);
        Mark mark = vault.protect(base);
        LeaseKeeper marked = LeaseKeeper.start(mark, settings, context.stop()::request)) {
      try {
        RecoveryPoint point = write(plan, lease);
        requireSound(point, plan.options().workers());
        return new CompactResult(
            point, makeBase(plan), Duration.ofNanos(context.ticker().nanos() - started));
      } catch (RuntimeException | InterruptedException e) {
        keeper.check(); // a lost lease is the cause, the failure its consequence
        marked.check();
        throw e;
      }
    }
  }

  private RecoveryPoint write(CompactPlan plan, Lease lease) throws InterruptedException {
    NewExport export = new NewExport(vault.store(), plan.outline(), context.timing().random());
    try (ItemContent content = plan.content().open(vault.store())) {
      content.requireFiles();
      RunJournal journal = vault.runs().begin(record(plan));
      context.progress().expect(content.itemCount(), content.itemBytes());
      content.prepare(context);
      export.begin();
      context.progress().phase("writing");
      ContentFiles files = new ContentFiles(export, plan.options().fileBytes(), context);
      var written = files.write(content, plan.options().workers());
      Instant ended = later(context.timing().clock().instant(), plan.content().moment());
      context.progress().phase("committing");
      CatalogEntry entry =
          vault.commit(export.finish(written, ended, toolVersion, lease::verify), lease);
      journal.finish();
      return entry.point();
    }
  }

  private RunRecord record(CompactPlan plan) {
    return new RunRecord(
        RunRecord.Kind.COMPACT,
        plan.tableName(),
        plan.id(),
        plan.outline().layout().folder(),
        context.timing().clock().instant(),
        toolVersion,
        JsonNodeFactory.instance.objectNode());
  }

  /** The moment is DynamoDB's time, and may be ahead of our clock. */
  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  private void requireSound(RecoveryPoint point, int workers) throws InterruptedException {
    VerifyTarget target = new VerifyTarget.OnePoint(vault, point.tableName(), point.id());
    VerifyResult result =
        new VerifyRun(
                VerifyRequest.of(target, VerifyLevel.DATA, workers), context, ManagedBackups.none())
            .run();
    if (!result.sound()) {
      Finding first = result.findings().get(0);
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          "unable to use recovery point '%s' of table '%s' as a base: it was written, and read back: %s"
              .formatted(point.id(), point.tableName(), first.what()),
          "look at it with: dynavault verify; then compact again");
    }
  }

  private Optional<Base> makeBase(CompactPlan plan) {
    if (!(plan.content().source() instanceof CommittedChanges changes)) {
      return Optional.empty();
    }
    ChainLog chain =
        new ContinuousBackups(vault.store())
            .find(plan.tableName(), changes.chain())
            .orElseThrow(() -> new IllegalStateException("no chain " + changes.chain()));
    Instant moment = plan.content().moment();
    Base base =
        new Base(
            changes.chain(),
            plan.id(),
            lastBefore(moment, chain, changes),
            Optional.of(moment),
            changes.lastCommit(),
            moment);
    chain.add(base);
    return Optional.of(base);
  }

  /** The last of the commits of which, with all before it, every change is in the new base. */
  private static long lastBefore(Instant moment, ChainLog chain, CommittedChanges changes) {
    AtomicLong last = new AtomicLong(changes.firstCommit() - 1);
    chain.walk(
        changes.firstCommit(),
        changes.lastCommit(),
        commit -> {
          boolean before =
              commit.files().stream().allMatch(file -> file.lastTime().isBefore(moment));
          if (before) {
            last.set(commit.number());
          }
          return before;
        });
    return last.get();
  }
}
