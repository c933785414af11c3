// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.copy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what a copy would do, without doing it. */
public final class CopyPlanner {
  private final Vault target;

  /**
   * @throws DynavaultException {@code USAGE} if both are the same place
   */
  public CopyPlanner(Vault source, Vault target) {
    this.target = requireNonNull(target, "target is null");
    if (source.store().location().equals(target.store().location())) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to copy from '" + source.store().location() + "' to itself",
          "give another vault with --target-vault");
    }
  }

  public CopyPlan plan(CopyRequest request) {
    Optional<VaultLock> lock = target.lockLog().state().lock();
    List<CopyPlan.Step> steps = new ArrayList<>();
    for (CatalogEntry entry : request.entries()) {
      RecoveryPoint copy =
          request
              .deleteAfter()
              .map(time -> entry.point().withDeleteAfter(time))
              .orElse(entry.point());
      steps.add(step(entry.point(), copy, lock));
    }
    return new CopyPlan(steps, request.workers());
  }

  private CopyPlan.Step step(RecoveryPoint point, RecoveryPoint copy, Optional<VaultLock> lock) {
    try {
      requireCopyable(point);
      Optional<CatalogEntry> existing = target.catalog().get(point.tableName(), point.id());
      if (existing.isPresent()) {
        requireSameData(point, existing.get().point(), target);
        return new CopyPlan.Step(CopyPlan.Action.SKIP, point, copy, Optional.empty());
      }
      lock.ifPresent(set -> set.requireAllowed(copy));
      return new CopyPlan.Step(CopyPlan.Action.COPY, point, copy, Optional.empty());
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.LOCKED
          && e.code() != ErrorCode.UNSUPPORTED
          && e.code() != ErrorCode.RECOVERY_POINT_EXISTS
          && e.code() != ErrorCode.DAMAGED
          && e.code() != ErrorCode.FORMAT_UNSUPPORTED) {
        throw e;
      }
      return new CopyPlan.Step(CopyPlan.Action.REFUSE, point, copy, Optional.of(e));
    }
  }

  /** Files are copied; what lies at AWS, and what AWS has put among others' files, is not. */
  private static void requireCopyable(RecoveryPoint point) {
    if (point.content() instanceof ManagedBackup) {
      throw new DynavaultException(
          ErrorCode.UNSUPPORTED,
          "unable to copy recovery point '%s' of table '%s': method %s leaves its items at AWS"
              .formatted(point.id(), point.tableName(), point.method()),
          "back the table up with --method scan or export; such backups are files and can be"
              + " copied");
    }
    if (point.isIncremental()) {
      throw new DynavaultException(
          ErrorCode.UNSUPPORTED,
          ("unable to copy recovery point '%s' of table '%s': the files of an incremental export"
                  + " lie among those of others")
              .formatted(point.id(), point.tableName()),
          "copy full backups; incremental exports can be made into another bucket as well");
    }
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
