// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.OpenContent;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.ToTime;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.pitr.CommonMoment;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.pitr.MomentPlanner;
import io.dynavault.core.pitr.RecoveryWindows;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Orders of restores to a moment: of several tables to the same one. */
final class MomentOrders {
  private final Session session;
  private final Vault vault;
  private final TargetOptions target;
  private final boolean resume;
  private final MomentPlanner planner;

  /**
   * @param resume whether the base is to be that of the restore that was interrupted
   */
  MomentOrders(Session session, Vault vault, TargetOptions target, boolean resume) {
    this.session = requireNonNull(session, "session is null");
    this.vault = requireNonNull(vault, "vault is null");
    this.target = requireNonNull(target, "target is null");
    this.resume = resume;
    this.planner = new MomentPlanner(vault.store(), vault.catalog(), session::now);
  }

  List<RestoreOrder> of(List<String> tables, ToTime time) {
    if (tables.size() > 1) {
      target.requireSeveralAllowed();
    }
    List<RecoveryWindows> windows = each(tables, Function.identity(), planner::windows);
    if (time.ago().isPresent()) {
      windows.forEach(planner::requireClock);
    }
    Optional<CommonMoment> common =
        time.isLatest() ? Optional.of(planner.latest(windows)) : Optional.empty();
    Instant moment =
        common.map(CommonMoment::moment).or(() -> time.at(session.now())).orElseThrow();
    return each(
        windows,
        RecoveryWindows::tableName,
        table -> order(table, moment, common.filter(latest -> tables.size() > 1)));
  }

  private RestoreOrder order(
      RecoveryWindows windows, Instant moment, Optional<CommonMoment> common) {
    String table = windows.tableName();
    String name = target.nameFor(table);
    Set<RecoveryPointId> begun = resume ? vault.restores().begun(table, name) : Set.of();
    MomentPlan plan = planner.plan(windows, moment, begun);
    return new RestoreOrder(
        name,
        Optional.of(plan.base().table()),
        onLost -> OpenContent.of(vault, plan, onLost, session.output()::warning),
        Optional.of(new PlannedMoment(plan, common)));
  }

  /** Fails with what stands against each of the tables, not the first alone. */
  private <T, R> List<R> each(List<T> list, Function<T, String> name, Function<T, R> work) {
    List<Outcome<R>> outcomes = new ArrayList<>();
    for (T one : list) {
      try {
        R result = work.apply(one);
        outcomes.add(new Outcome<>(name.apply(one), Optional.of(result), Optional.empty()));
      } catch (DynavaultException e) {
        outcomes.add(new Outcome<>(name.apply(one), Optional.empty(), Optional.of(e)));
      }
    }
    return Outcomes.requireAll(session.output(), Outcomes.Subject.TABLE, outcomes);
  }
}
