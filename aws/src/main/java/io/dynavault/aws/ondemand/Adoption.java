// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Records a backup that somebody else has made. AWS does not tell a backup's attribute types, nor
 * most settings: they come from the table, if it still is the one that was backed up, or else from
 * the vault's newest recovery point of it.
 */
public final class Adoption {
  private final Vault vault;
  private final OnDemandBackups backups;
  private final TableDescriber describer;
  private final String toolVersion;

  /**
   * @param describer of the backup's region
   * @param toolVersion noted in the record
   */
  public Adoption(
      Vault vault, OnDemandBackups backups, TableDescriber describer, String toolVersion) {
    this.vault = requireNonNull(vault, "vault is null");
    this.backups = requireNonNull(backups, "backups is null");
    this.describer = requireNonNull(describer, "describer is null");
    this.toolVersion = requireNonNull(toolVersion, "toolVersion is null");
  }

  /** Where the definition in the record is from. */
  public enum Origin {
    /** The table as it is now. */
    TABLE,
    /** Another recovery point of the same table. */
    RECOVERY_POINT,
    /** It was recorded before. */
    RECORD
  }

  /** What was recorded. */
  public record Adopted(RecoveryPoint point, Origin origin) {
    public Adopted {
      requireNonNull(point, "point is null");
      requireNonNull(origin, "origin is null");
    }
  }

  /**
   * Records a backup; one that is recorded already stays as it is.
   *
   * @param deleteAfter age at which expire may delete the backup
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} if the backup is gone, {@code
   *     RESOURCE_IN_USE} if it is not ready, {@code TABLE_NOT_FOUND} if nothing tells the table's
   *     definition
   */
  public Adopted adopt(BackupArn arn, Map<String, String> tags, Optional<Duration> deleteAfter)
      throws InterruptedException {
    Optional<CatalogEntry> recorded = vault.catalog().get(arn.tableName(), arn.id());
    if (recorded.isPresent()) {
      return new Adopted(recorded.get().point(), Origin.RECORD);
    }
    BackupInfo backup = backups.describe(arn);
    if (backup.status() != BackupInfo.Status.AVAILABLE) {
      throw new DynavaultException(
          ErrorCode.RESOURCE_IN_USE,
          "unable to record backup '%s': it is %s".formatted(arn, backup.status()),
          "wait until AWS has made it: dynavault on-demand describe " + arn);
    }
    Optional<TableDefinition> live = liveTable(backup);
    TableDefinition table = live.orElseGet(() -> recordedTable(backup));
    RecoveryPoint point = BackupRecord.of(backup, table, tags, deleteAfter, toolVersion);
    try (Lease lease = vault.leases().acquire(LeaseName.onDemand(arn.tableName()), Duration.ZERO)) {
      return new Adopted(
          vault.commit(point, lease).point(),
          live.isPresent() ? Origin.TABLE : Origin.RECOVERY_POINT);
    }
  }

  private Optional<TableDefinition> liveTable(BackupInfo backup) {
    try {
      return Optional.of(describer.describe(backup.tableName()).definition())
          .filter(table -> table.tableId().equals(backup.tableId()));
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.TABLE_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private TableDefinition recordedTable(BackupInfo backup) {
    return vault.catalog().list(backup.tableName()).entries().stream()
        .map(CatalogEntry::point)
        .filter(point -> point.table().tableId().equals(backup.tableId()))
        .max(Comparator.comparing(RecoveryPoint::id))
        .map(RecoveryPoint::table)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.TABLE_NOT_FOUND,
                    ("unable to record backup '%s': its table is gone, and no recovery point in"
                            + " this vault tells what it was")
                        .formatted(backup.arn()),
                    "restore it as it is with: dynavault restore " + backup.arn()));
  }
}
