// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.crash;

import io.dynavault.core.compact.CompactPlan;
import io.dynavault.core.compact.CompactRun;
import io.dynavault.core.copy.CopyPlan;
import io.dynavault.core.copy.CopyPlanner;
import io.dynavault.core.copy.CopyRequest;
import io.dynavault.core.copy.CopyRun;
import io.dynavault.core.delete.DeleteRun;
import io.dynavault.core.expire.ExpirePlan;
import io.dynavault.core.expire.ExpirePlanner;
import io.dynavault.core.expire.ExpireRun;
import io.dynavault.core.expire.ExpireSurvey;
import io.dynavault.core.expire.LastGood;
import io.dynavault.core.expire.RetentionRule;
import io.dynavault.core.gc.GcPlanner;
import io.dynavault.core.gc.GcRun;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.pitr.MomentPlanner;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a user asks for, in the shape in which the tests crash it. */
enum UseCase {
  /** Backs up a table. */
  BACKUP {
    @Override
    void run(Workplace place) throws InterruptedException {
      place.backup();
    }
  },
  /** Goes on with the backup of a table. */
  RESUME {
    @Override
    void run(Workplace place) throws InterruptedException {
      place.resume();
    }
  },
  /** Restores the newest recovery point into a new table. */
  RESTORE {
    @Override
    void run(Workplace place) throws InterruptedException {
      place.restore(newest(place.vault()).point());
    }
  },
  /** Copies all recovery points to the other vault. */
  COPY {
    @Override
    void run(Workplace place) throws InterruptedException {
      Vault source = place.vault();
      Vault target = place.otherVault();
      List<CatalogEntry> entries = source.catalog().list().entries();
      CopyPlan plan =
          new CopyPlanner(source, target).plan(new CopyRequest(entries, Optional.empty(), 1));
      var outcomes = new CopyRun(source, target, context(), "test").run(plan);
      require(outcomes.stream().allMatch(Outcome::succeeded), outcomes);
    }
  },
  /** Makes one full backup out of a base and its changes. */
  COMPACT {
    @Override
    void run(Workplace place) throws InterruptedException {
      Vault vault = place.vault();
      MomentPlanner planner = CapturedTable.planner(vault);
      MomentPlan content =
          planner.plan(planner.windows(place.table()), CapturedTable.COMPACTED, Set.of());
      RecoveryPointId id = CapturedTable.newId();
      new CompactRun(vault, context(), "test")
          .run(new CompactPlan(id, content, Workplace.options()));
    }
  },
  /** Deletes the newest recovery point. */
  DELETE {
    @Override
    void run(Workplace place) throws InterruptedException {
      new DeleteRun(place.vault(), ManagedBackups.none()).delete(newest(place.vault()));
    }
  },
  /** Keeps the newest recovery point alone. */
  EXPIRE {
    @Override
    void run(Workplace place) throws InterruptedException {
      List<RetentionRule> rules = List.of(RetentionRule.builder().keepLast(1).build());
      ExpirePlan plan =
          new ExpireSurvey(place.vault(), ManagedBackups.none())
              .plan(new ExpirePlanner(rules, LastGood.KEEP));
      var result = new ExpireRun(place.vault(), LastGood.KEEP, ManagedBackups.none()).run(plan);
      require(result.held().isEmpty() && result.failed().isEmpty(), result);
    }
  },
  /** Removes debris. */
  GC {
    @Override
    void run(Workplace place) throws InterruptedException {
      collectGarbage(place.vault());
    }
  };

  abstract void run(Workplace place) throws InterruptedException;

  static CatalogEntry newest(Vault vault) {
    List<CatalogEntry> entries = vault.catalog().list().entries();
    return entries.get(entries.size() - 1);
  }

  static void collectGarbage(Vault vault) throws InterruptedException {
    Duration grace = GcPlanner.DEFAULT_GRACE;
    var result =
        new GcRun(vault, grace, ManagedBackups.none()).run(new GcPlanner(vault, grace).plan());
    require(result.failed().isEmpty(), result);
  }

  private static RunContext context() {
    return RunContext.system("test", new StopSignal());
  }

  private static void require(boolean fulfilled, Object result) {
    if (!fulfilled) {
      throw new IllegalStateException(result.toString());
    }
  }
}
