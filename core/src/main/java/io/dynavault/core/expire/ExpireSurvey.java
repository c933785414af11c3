// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.delete.ContinuousBases;
import io.dynavault.core.delete.Protection;
import io.dynavault.core.delete.Protections;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.CatalogListing;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.PointFiles;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.window.ChainDecision;
import io.dynavault.core.window.WindowSurvey;
import io.dynavault.format.layout.RecoveryPointKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Plans retention for a vault as it is. Every good recovery point that would be kept is checked to
 * have all its files, or to be there at AWS: one that has not, or of which nobody can say it, is no
 * reason to remove another.
 */
public final class ExpireSurvey {
  private static final Set<Quality> UNSOUND = Set.of(Quality.DAMAGED, Quality.UNKNOWN);

  private final Vault vault;
  private final ManagedBackups backups;

  /**
   * @param backups knows of what AWS keeps
   */
  public ExpireSurvey(Vault vault, ManagedBackups backups) {
    this.vault = requireNonNull(vault, "vault is null");
    this.backups = requireNonNull(backups, "backups is null");
  }

  public ExpirePlan plan(ExpirePlanner planner) throws InterruptedException {
    CatalogListing listing = vault.catalog().list();
    Protections protections = Protections.of(vault);
    List<ChainDecision> chains = new WindowSurvey(vault, protections).plan(planner.window());
    List<ExpireCandidate> candidates = candidates(listing, protections, chains);
    Set<RecoveryPointKey> whole = new HashSet<>();
    while (true) {
      ExpirePlan plan = planner.plan(protections.now(), candidates, listing.unreadable());
      if (!markUnsound(plan, candidates, whole)) {
        return planner.window().isPresent() ? plan.withChains(chains) : plan;
      }
    }
  }

  private List<ExpireCandidate> candidates(
      CatalogListing listing, Protections protections, List<ChainDecision> chains) {
    ContinuousBases bases = new ContinuousBases(vault);
    Set<RecoveryPointKey> needed = new HashSet<>();
    for (ChainDecision chain : chains) {
      chain
          .needed()
          .ifPresent(id -> needed.add(new RecoveryPointKey(chain.tableName(), id.value())));
    }
    List<ExpireCandidate> candidates = new ArrayList<>();
    for (CatalogEntry entry : listing.entries()) {
      List<Protection> reasons = new ArrayList<>(protections.of(entry));
      if (needed.contains(key(entry))) {
        reasons.add(
            new Protection(
                Protection.Kind.CHAIN, "the window of its continuous backup begins with it"));
      } else {
        bases.protection(entry).ifPresent(reasons::add);
      }
      candidates.add(new ExpireCandidate(entry, Quality.of(entry.point()), reasons));
    }
    return candidates;
  }

  /** Whether one was found that the plan took for whole. */
  private boolean markUnsound(
      ExpirePlan plan, List<ExpireCandidate> candidates, Set<RecoveryPointKey> whole)
      throws InterruptedException {
    PointFiles files = new PointFiles(vault.store());
    boolean found = false;
    for (ExpirePlan.Decision kept : plan.kept()) {
      ExpireCandidate candidate = kept.candidate();
      CatalogEntry entry = candidate.entry();
      if (UNSOUND.contains(candidate.quality()) || whole.contains(key(entry))) {
        continue;
      }
      ExpireCandidate judged = judge(candidate, files);
      if (judged.equals(candidate)) {
        whole.add(key(entry));
      } else {
        candidates.set(candidates.indexOf(candidate), judged);
        found = true;
      }
    }
    return found;
  }

  /** What cannot be asked about one table's backup is no reason to leave all others as they are. */
  private ExpireCandidate judge(ExpireCandidate candidate, PointFiles files)
      throws InterruptedException {
    try {
      return isWhole(candidate.entry().point(), files) ? candidate : candidate.damaged();
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED
          || !(candidate.entry().point().content() instanceof ManagedBackup)) {
        throw e;
      }
      return candidate.doubtful(e);
    }
  }

  private boolean isWhole(RecoveryPoint point, PointFiles files) throws InterruptedException {
    return point.content() instanceof ManagedBackup
        ? backups.state(point).isAvailable()
        : files.missing(point).isEmpty();
  }

  private static RecoveryPointKey key(CatalogEntry entry) {
    return new RecoveryPointKey(entry.tableName(), entry.id().value());
  }
}
