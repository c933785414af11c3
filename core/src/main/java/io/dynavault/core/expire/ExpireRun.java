// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.delete.DeleteRun;
import io.dynavault.core.delete.Dependents;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.window.ChainDecision;
import io.dynavault.core.window.WindowRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deletes what a plan removes, oldest first, windows of changes before what they build on. One
 * failure does not stop the others; what is found to be protected after all is reported as held.
 * Before a table's first deletion it makes sure that what the plan keeps of it is still there.
 */
public final class ExpireRun {
  private final Vault vault;
  private final LastGood lastGood;
  private final ManagedBackups backups;

  /**
   * @param backups deletes what AWS keeps
   */
  public ExpireRun(Vault vault, LastGood lastGood, ManagedBackups backups) {
    this.vault = requireNonNull(vault, "vault is null");
    this.lastGood = requireNonNull(lastGood, "lastGood is null");
    this.backups = requireNonNull(backups, "backups is null");
  }

  public ExpireResult run(ExpirePlan plan) throws InterruptedException {
    List<ExpireResult.ExpiredChain> chains = expireChains(plan);
    List<CatalogEntry> removed = new ArrayList<>();
    List<ExpireResult.NotRemoved> held = new ArrayList<>();
    List<ExpireResult.NotRemoved> failed = new ArrayList<>(doubts(plan));
    Map<String, Boolean> safe = new HashMap<>();
    DeleteRun deletion = new DeleteRun(vault, backups);
    for (CatalogEntry entry : inOrder(plan)) {
      try {
        if (!safe.computeIfAbsent(entry.tableName(), table -> isSafe(plan, table))) {
          throw planIsOld(entry);
        }
        deletion.delete(entry);
        removed.add(entry);
      } catch (DynavaultException e) {
        if (e.code() == ErrorCode.INTERRUPTED) {
          throw e;
        }
        if (e.code() != ErrorCode.RECOVERY_POINT_NOT_FOUND) {
          (ExpireResult.HELD.contains(e.code()) ? held : failed)
              .add(new ExpireResult.NotRemoved(entry, e));
        }
      }
    }
    return new ExpireResult(removed, held, failed, chains);
  }

  /** What could not be judged is told with the failures: nobody knows what it would have freed. */
  private static List<ExpireResult.NotRemoved> doubts(ExpirePlan plan) {
    return plan.kept().stream()
        .map(ExpirePlan.Decision::candidate)
        .flatMap(
            one -> one.doubt().map(why -> new ExpireResult.NotRemoved(one.entry(), why)).stream())
        .toList();
  }

  /** Before recovery points: what is a base until now can be deleted afterwards. */
  private List<ExpireResult.ExpiredChain> expireChains(ExpirePlan plan)
      throws InterruptedException {
    List<ExpireResult.ExpiredChain> chains = new ArrayList<>();
    WindowRun run = new WindowRun(vault);
    for (ChainDecision decision : plan.chains()) {
      if (!decision.removes()) {
        continue;
      }
      Optional<DynavaultException> failure = Optional.empty();
      try {
        run.run(decision);
      } catch (DynavaultException e) {
        if (e.code() == ErrorCode.INTERRUPTED) {
          throw e;
        }
        failure = Optional.of(e);
      }
      chains.add(new ExpireResult.ExpiredChain(decision, failure));
    }
    return chains;
  }

  /** The oldest first; but what builds on another goes before it. */
  private List<CatalogEntry> inOrder(ExpirePlan plan) {
    List<CatalogEntry> oldestFirst = new ArrayList<>();
    plan.removed().forEach(decision -> oldestFirst.add(decision.candidate().entry()));
    Collections.reverse(oldestFirst);
    return new Dependents(vault.catalog()).inOrder(oldestFirst);
  }

  /** Whether one of the good recovery points that the plan keeps of the table exists. */
  private boolean isSafe(ExpirePlan plan, String table) {
    return lastGood == LastGood.MAY_REMOVE
        || plan.kept().stream()
            .filter(kept -> kept.reasons().stream().anyMatch(ExpireRun::isLastGood))
            .map(kept -> kept.candidate().entry())
            .filter(entry -> entry.tableName().equals(table))
            .anyMatch(entry -> vault.catalog().exists(table, entry.id()));
  }

  private static boolean isLastGood(Reason reason) {
    return reason.kind() == Reason.Kind.LAST_GOOD;
  }

  private static DynavaultException planIsOld(CatalogEntry entry) {
    return new DynavaultException(
        ErrorCode.LEASE_LOST,
        "unable to expire recovery point '"
            + entry.id()
            + "': the recovery points to keep of table '"
            + entry.tableName()
            + "' are gone since the plan was made",
        "plan again");
  }
}
