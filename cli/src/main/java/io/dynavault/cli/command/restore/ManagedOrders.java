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
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import java.util.List;
import java.util.Optional;

/** Orders of restores that AWS makes. It restores whole tables, and only into new ones. */
final class ManagedOrders {
  private final TargetOptions target;
  private final Beginning beginning;

  /**
   * @throws DynavaultException {@code USAGE} for options that only this engine's restore has
   */
  ManagedOrders(TargetOptions target, ItemChoice items, MaskOptions mask, boolean resume) {
    this.target = target;
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
    if (point.method() == Method.AWS_BACKUP
        && point.content() instanceof ManagedBackup backup
        && BackupArn.find(backup.arn()).isEmpty()) {
      throw new DynavaultException(
          ErrorCode.UNSUPPORTED,
          "unable to restore recovery point '%s' of table '%s': AWS Backup has it"
              .formatted(point.id(), point.tableName()),
          "restore it, with its settings, with: dynavault aws-backup restore %s --table %s"
              .formatted(point.id(), point.tableName()));
    }
    if (point.content() instanceof ManagedBackup backup) {
      return of(BackupArn.parse(backup.arn()), Optional.of(point.table()));
    }
    throw usage(
        "unable to restore recovery points of AWS and of this engine at once: table '%s' was backed up by %s"
            .formatted(point.tableName(), point.method()),
        "restore these tables one after the other");
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
