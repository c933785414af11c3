// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.chaincopy.ChainCopyPlan.Action;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChainReach;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.continuous.CopyOrigin;
import io.dynavault.core.copy.CopyResult;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies chains one after the other, each with its own outcome. While one is copied, the source is
 * marked as read, so that nothing of it expires, and the target's lease is ours. What was copied
 * when it is cut short is a chain, with which the next copy goes on.
 */
public final class ChainCopyRun {
  private final Vault source;
  private final Vault target;
  private final RunContext context;
  private final String toolVersion;
  private final BaseCopy bases;

  public ChainCopyRun(Vault source, Vault target, RunContext context, String toolVersion) {
    this.source = requireNonNull(source, "source is null");
    this.target = requireNonNull(target, "target is null");
    this.context = requireNonNull(context, "context is null");
    this.toolVersion = requireNonNull(toolVersion, "toolVersion is null");
    this.bases = new BaseCopy(source, target);
  }

  /**
   * Carries the plan out; what was captured since comes with it. The subject of each outcome is the
   * chain's id.
   *
   * @throws DynavaultException {@code INTERRUPTED} after a stop
   */
  public List<Outcome<ChainCopyResult>> run(ChainCopyPlan plan) throws InterruptedException {
    context.progress().expect(0, plan.bytes());
    List<Outcome<ChainCopyResult>> outcomes = new ArrayList<>();
    for (ChainCopyPlan.Step step : plan.steps()) {
      outcomes.add(outcome(step, plan.workers()));
    }
    return outcomes;
  }

  private Outcome<ChainCopyResult> outcome(ChainCopyPlan.Step step, int workers)
      throws InterruptedException {
    String subject = step.chain().value();
    if (step.refusal().isPresent()) {
      return new Outcome<>(subject, Optional.empty(), step.refusal());
    }
    if (step.action() != Action.COPY) {
      return new Outcome<>(
          subject, Optional.of(result(step, CopiedVolume.NONE, List.of())), Optional.empty());
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

  private ChainCopyResult copy(ChainCopyPlan.Step step, int workers) throws InterruptedException {
    String table = step.tableName();
    String id = step.chain().value();
    try (Mark mark = source.leases().mark(Mark.Kind.READING, table, id);
        LeaseKeeper reading = LeaseKeeper.start(mark, source.leases().settings(), () -> {});
        Lease lease = target.leases().acquire(LeaseName.copyOfChain(table, id));
        LeaseKeeper writing = LeaseKeeper.start(lease, target.leases().settings(), () -> {})) {
      Runnable check =
          () -> {
            reading.check();
            writing.check();
            requireNotStopped();
          };
      ChainLog log =
          new ContinuousBackups(source.store())
              .find(table, step.chain())
              .orElseThrow(() -> expired(table, step.chain()));
      return copy(step, log, new Carriage(source, target, context, check, workers, toolVersion));
    }
  }

  /** What the target lacks is found out anew: another copy may have come first. */
  private ChainCopyResult copy(ChainCopyPlan.Step step, ChainLog log, Carriage carriage)
      throws InterruptedException {
    ChainDelta delta = ChainDelta.of(log, target);
    target.requireAllowed(log.chain().started(), Optional.empty());
    begin(delta, carriage);
    CommitCopy commits = new CommitCopy(delta, carriage);
    commits.run();
    BaseCopy.Copied copied = bases.copy(delta, commits.reached(), carriage);
    Optional<DynavaultException> failure =
        commits.failure().or(copied::failure).or(() -> damage(log));
    if (failure.isPresent()) {
      throw failure.get();
    }
    delta.end().ifPresent(end -> carriage.put(log.chain().keys().end(), end));
    return result(step, commits.volume(), copied.points());
  }

  /** Why the last commits of a chain that goes on cannot be read, so that they were not copied. */
  private static Optional<DynavaultException> damage(ChainLog log) {
    try {
      ChainReach.lastKnown(log);
      return Optional.empty();
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  /** That it is a copy comes first: nobody may ever take it for a chain to go on with. */
  private void begin(ChainDelta delta, Carriage carriage) {
    Chain chain = delta.chain();
    if (delta.there().isEmpty()) {
      CopyOrigin origin =
          new CopyOrigin(
              chain.id(),
              source.config().id(),
              source.config().name(),
              context.timing().clock().instant());
      carriage.check().run();
      new ContinuousBackups(target.store()).markCopied(chain, origin);
      carriage.put(chain.keys().description(), delta.source().stored().description());
    }
    if (delta.expiry().isPresent()) {
      long through = delta.expiry().get().throughCommit();
      byte[] expiry =
          delta
              .source()
              .stored()
              .expiry(through)
              .orElseThrow(() -> expired(chain.tableName(), chain.id()));
      carriage.put(chain.keys().expired(through), expiry);
    }
  }

  private static ChainCopyResult result(
      ChainCopyPlan.Step step, CopiedVolume volume, List<CopyResult> points) {
    return new ChainCopyResult(step.tableName(), step.chain(), step.action(), volume, points);
  }

  private static DynavaultException expired(String table, RecoveryPointId chain) {
    return new DynavaultException(
        ErrorCode.RECOVERY_POINT_NOT_FOUND,
        "unable to copy chain '%s' of table '%s': some of it has just expired in the source"
            .formatted(chain, table),
        "copy again; see what is there with: dynavault continuous status");
  }

  private void requireNotStopped() {
    if (context.stop().isRequested()) {
      throw context.stop().interrupted("copy");
    }
  }
}
