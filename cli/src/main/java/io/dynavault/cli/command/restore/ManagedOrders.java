// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.aws.ondemand.BackupArn;
import io.dynavault.aws.restore.ManagedRestoreRequest;
import io.dynavault.aws.restore.ManagedRestoreRequest.Beginning;
import io.dynavault.aws.restore.RestoreSource;
import io.dynavault.cli.command.ItemChoice;
import io.dynavault.cli.command.MaskOptions;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Orders of restores that AWS makes. It restores whole tables, and only into new ones. */
final class ManagedOrders {
  private final TargetOptions target;
  private final Beginning beginning;
  private final Supplier<String> role;

  /**
   * @param role of AWS Backup, asked for only where it is needed
   * @throws DynavaultException {@code USAGE} for options that only this engine's restore has
   */
  ManagedOrders(
      TargetOptions target,
      ItemChoice items,
      MaskOptions mask,
      boolean resume,
      Supplier<String> role) {
    this.target = target;
    this.role = role;
    this.beginning = resume ? Beginning.RESUMED : Beginning.NEW;
    if (items.isUsed() || mask.isUsed()) {
      throw usage(
          "unable to choose or change items of a backup that AWS restores: it restores them all",
          "restore to a new table first, back that up by scan, and restore from there");
    }
    if (target.onConflict().isPresent()) {
      throw usage(
          "unable to restore into a table that exists: AWS restores into new tables only",
          "restore to a new table with --target-table, then compare both with: dynavault compare");
    }
    if (target.hasKeySchema()) {
      throw usage("unable to use --key-schema: AWS knows the keys of a backup", "leave it out");
    }
  }

  List<ManagedRestoreRequest> of(List<CatalogEntry> entries) {
    return entries.stream().map(CatalogEntry::point).map(this::of).toList();
  }

  private ManagedRestoreRequest of(RecoveryPoint point) {
    if (point.content() instanceof ManagedBackup backup) {
      Optional<BackupArn> arn = BackupArn.find(backup.arn());
      return arn.isPresent()
          ? of(arn.get(), Optional.of(point.table()))
          : of(point, backup, role.get());
    }
    throw usage(
        "unable to restore recovery points of AWS and of this engine at once: table '%s' was backed up by %s"
            .formatted(point.tableName(), point.method()),
        "restore these tables one after the other");
  }

  /** One that only a job of AWS Backup restores. */
  private ManagedRestoreRequest of(RecoveryPoint point, ManagedBackup backup, String jobRole) {
    RestoreSource source =
        new RestoreSource.Job(backup.arn(), point.table(), backup.sizeBytes().orElse(0), jobRole);
    return new ManagedRestoreRequest(
        source,
        target.nameFor(point.tableName()),
        target.overrides(),
        Optional.of(point.table()),
        beginning);
  }

  ManagedRestoreRequest of(BackupArn backup, Optional<TableDefinition> original) {
    return new ManagedRestoreRequest(
        new RestoreSource.Backup(backup),
        target.nameFor(backup.tableName()),
        target.overrides(),
        original,
        beginning);
  }

  private static DynavaultException usage(String message, String hint) {
    return new DynavaultException(ErrorCode.USAGE, message, hint);
  }
}
