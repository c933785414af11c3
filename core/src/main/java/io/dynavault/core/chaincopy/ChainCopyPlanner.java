// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.chaincopy.ChainCopyPlan.Action;
import io.dynavault.core.chaincopy.ChainCopyPlan.Step;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChainReach;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.copy.CopyPlan;
import io.dynavault.core.copy.CopyPlanner;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.ContinuousKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what a copy of chains would do, without doing it. */
public final class ChainCopyPlanner {
  private final Vault target;
  private final ContinuousBackups sources;
  private final ContinuousBackups targets;
  private final BaseCopy bases;

  /**
   * @throws DynavaultException {@code USAGE} if both are the same place
   */
  public ChainCopyPlanner(Vault source, Vault target) {
    requireNonNull(source, "source is null");
    this.target = requireNonNull(target, "target is null");
    CopyPlanner.requireTwoVaults(source, target);
    this.sources = new ContinuousBackups(source.store());
    this.targets = new ContinuousBackups(target.store());
    this.bases = new BaseCopy(source, target);
  }

  /** The copy of all chains of these tables. */
  public ChainCopyPlan plan(ChainCopyRequest request) {
    List<Step> steps = new ArrayList<>();
    for (String table : request.tables()) {
      List<RecoveryPointId> known = targets.ids(table);
      Optional<RecoveryPointId> oldest = known.stream().filter(id -> isCopy(table, id)).findFirst();
      for (RecoveryPointId id : sources.ids(table)) {
        boolean expired =
            !known.contains(id)
                && oldest.filter(copy -> id.value().compareTo(copy.value()) < 0).isPresent();
        if (expired) {
          steps.add(nothing(Action.EXPIRED, table, id));
        } else {
          decide(table, id, request.workers()).ifPresent(steps::add);
        }
      }
    }
    return new ChainCopyPlan(steps, request.workers());
  }

  private boolean isCopy(String table, RecoveryPointId id) {
    return target.store().stat(new ContinuousKeys(table, id.value()).copied()).isPresent();
  }

  private Optional<Step> decide(String table, RecoveryPointId id, int workers) {
    try {
      return sources.find(table, id).map(log -> step(log, workers));
    } catch (DynavaultException e) {
      if (!CopyPlanner.isRefusal(e)) {
        throw e;
      }
      return Optional.of(
          new Step(Action.REFUSE, table, id, CopiedVolume.NONE, noBases(workers), Optional.of(e)));
    }
  }

  private Step step(ChainLog log, int workers) {
    String table = log.chain().tableName();
    ChainDelta delta = ChainDelta.of(log, target);
    List<Base> lacking = delta.isCaptured() ? List.of() : bases.lacking(delta, delta.to());
    if (delta.isCaptured() || (delta.isEmpty() && lacking.isEmpty())) {
      ChainReach.lastKnown(log); // refuses what is damaged: there may be more to copy
      return nothing(Action.SKIP, table, log.chain().id());
    }
    target.requireAllowed(log.chain().started(), Optional.empty());
    return new Step(
        Action.COPY,
        table,
        log.chain().id(),
        volume(delta),
        bases.plan(table, lacking, workers),
        Optional.empty());
  }

  /** As far as commits can be read: those before a damaged one are copied. */
  private static CopiedVolume volume(ChainDelta delta) {
    CopiedVolume[] sum = {CopiedVolume.NONE};
    try {
      delta
          .source()
          .walk(
              delta.from(),
              delta.to(),
              commit -> {
                long bytes = commit.files().stream().mapToLong(ChangeFile::size).sum();
                sum[0] = sum[0].plus(new CopiedVolume(1, commit.files().size(), bytes));
                return true;
              });
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
    }
    return sum[0];
  }

  private static Step nothing(Action action, String table, RecoveryPointId id) {
    return new Step(action, table, id, CopiedVolume.NONE, noBases(1), Optional.empty());
  }

  private static CopyPlan noBases(int workers) {
    return new CopyPlan(List.of(), workers);
  }
}
