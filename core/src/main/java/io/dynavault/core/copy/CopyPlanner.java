// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.copy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultLock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out what a copy would do, without doing it. */
public final class CopyPlanner {
  /** What concerns one recovery point and no other. */
  private static final Set<ErrorCode> REFUSALS =
      Set.of(
          ErrorCode.LOCKED,
          ErrorCode.UNSUPPORTED,
          ErrorCode.RECOVERY_POINT_EXISTS,
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          ErrorCode.DAMAGED,
          ErrorCode.FORMAT_UNSUPPORTED);

  private final Vault source;
  private final Vault target;

  /**
   * @throws DynavaultException {@code USAGE} if both are the same place
   */
  public CopyPlanner(Vault source, Vault target) {
    this.source = requireNonNull(source, "source is null");
    this.target = requireNonNull(target, "target is null");
    requireTwoVaults(source, target);
  }

  /**
   * Makes sure that something is to be copied to another place.
   *
   * @throws DynavaultException {@code USAGE} if both are the same
   */
  public static void requireTwoVaults(Vault source, Vault target) {
    if (source.store().location().equals(target.store().location())) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to copy from '" + source.store().location() + "' to itself",
          "give another vault with --target-vault");
    }
  }

  /** Whether a failure concerns what was to be copied, and nothing beside it. */
  public static boolean isRefusal(DynavaultException failure) {
    return REFUSALS.contains(failure.code());
  }

  /**
   * The copy of these recovery points, and of what windows of changes among them build on: the
   * oldest link of a chain comes first.
   */
  public CopyPlan plan(CopyRequest request) {
    return new Planning(request).plan();
  }

  /** The making of one plan. */
  private final class Planning {
    private final CopyRequest request;
    private final Set<RecoveryPointId> requested;
    private final Optional<VaultLock> lock = target.lockLog().state().lock();
    private final CopyChains chains = new CopyChains(source, target);
    private final Map<RecoveryPointId, CopyPlan.Step> steps = new LinkedHashMap<>();

    Planning(CopyRequest request) {
      this.request = request;
      this.requested = request.entries().stream().map(CatalogEntry::id).collect(Collectors.toSet());
    }

    CopyPlan plan() {
      for (CatalogEntry entry : request.entries()) {
        if (entry.point().isIncremental()) {
          addChain(entry.point());
        } else {
          add(entry.point(), Optional.empty());
        }
      }
      return new CopyPlan(List.copyOf(steps.values()), request.workers());
    }

    private void addChain(RecoveryPoint window) {
      List<RecoveryPoint> chain;
      try {
        chain = chains.leadingTo(window);
      } catch (DynavaultException e) {
        steps.computeIfAbsent(
            window.id(),
            id -> step(CopyPlan.Action.REFUSE, window, Optional.of(e), Optional.empty()));
        return;
      }
      Optional<RecoveryPointId> before = Optional.empty();
      for (RecoveryPoint link : chain) {
        if (requested.contains(link.id()) || !chains.isThere(link.tableName(), link.id())) {
          add(link, before);
        }
        before = Optional.of(link.id());
      }
    }

    private void add(RecoveryPoint point, Optional<RecoveryPointId> buildsOn) {
      if (steps.containsKey(point.id())) {
        return;
      }
      steps.put(point.id(), decide(point, buildsOn));
    }

    private CopyPlan.Step decide(RecoveryPoint point, Optional<RecoveryPointId> buildsOn) {
      try {
        requireCopyable(point);
        Optional<CatalogEntry> existing = target.catalog().get(point.tableName(), point.id());
        if (existing.isPresent()) {
          requireSameData(point, existing.get().point(), target);
          return step(CopyPlan.Action.SKIP, point, Optional.empty(), buildsOn);
        }
        lock.ifPresent(set -> set.requireAllowed(copy(point)));
        requireNotRefused(point, buildsOn);
        return step(CopyPlan.Action.COPY, point, Optional.empty(), buildsOn);
      } catch (DynavaultException e) {
        if (!isRefusal(e)) {
          throw e;
        }
        return step(CopyPlan.Action.REFUSE, point, Optional.of(e), buildsOn);
      }
    }

    private void requireNotRefused(RecoveryPoint point, Optional<RecoveryPointId> buildsOn) {
      Optional<CopyPlan.Step> before = buildsOn.map(steps::get);
      if (before.filter(step -> step.action() == CopyPlan.Action.REFUSE).isPresent()) {
        throw baseMissing(point, before.get().source().id());
      }
    }

    private RecoveryPoint copy(RecoveryPoint point) {
      return request.deleteAfter().map(point::withDeleteAfter).orElse(point);
    }

    private CopyPlan.Step step(
        CopyPlan.Action action,
        RecoveryPoint point,
        Optional<DynavaultException> refusal,
        Optional<RecoveryPointId> buildsOn) {
      CopyPlan.Choice choice =
          requested.contains(point.id()) ? CopyPlan.Choice.REQUESTED : CopyPlan.Choice.NEEDED;
      return new CopyPlan.Step(action, point, copy(point), refusal, choice, buildsOn);
    }
  }

  /** Files are copied; what lies at AWS is not. */
  private static void requireCopyable(RecoveryPoint point) {
    if (point.content() instanceof ManagedBackup) {
      throw new DynavaultException(
          ErrorCode.UNSUPPORTED,
          "unable to copy recovery point '%s' of table '%s': method %s leaves its items at AWS"
              .formatted(point.id(), point.tableName(), point.method()),
          "back the table up with --method scan or export; such backups are files and can be"
              + " copied");
    }
  }

  /** A window without what it builds on would be a recovery point that nobody can restore. */
  static DynavaultException baseMissing(RecoveryPoint window, RecoveryPointId base) {
    return new DynavaultException(
        ErrorCode.RECOVERY_POINT_NOT_FOUND,
        "unable to copy recovery point '%s' of table '%s': it builds on '%s', which is not copied"
            .formatted(window.id(), window.tableName(), base),
        "see the reason there; then copy again");
  }

  /** The copy of a copy may have another lifecycle; its data may not differ. */
  static void requireSameData(RecoveryPoint point, RecoveryPoint existing, Vault target) {
    if (!existing.content().equals(point.content())) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_EXISTS,
          "unable to copy recovery point '"
              + point.id()
              + "' to '"
              + target.store().location()
              + "': there is one of this id with other files");
    }
  }
}
