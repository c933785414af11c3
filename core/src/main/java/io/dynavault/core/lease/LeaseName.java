// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.layout.VaultKeys;

/**
 * What a lease is for.
 *
 * @param value short and unique, such as {@code backup/orders}
 * @param title for messages, such as {@code backup of table 'orders'}
 * @param key key of the lease's object below the vault's root
 */
public record LeaseName(String value, String title, String key) {
  public LeaseName {
    requireNonNull(value, "value is null");
    requireNonNull(title, "title is null");
    requireNonNull(key, "key is null");
  }

  /** The one backup of a table that may run. */
  public static LeaseName backup(String table) {
    return new LeaseName(
        "backup/" + table, "backup of table '" + table + "'", VaultKeys.backupLease(table));
  }

  /** The one of all who export a table that may record an export. */
  public static LeaseName export(String table) {
    return new LeaseName(
        "export/" + table, "export of table '" + table + "'", VaultKeys.exportLease(table));
  }

  /** The one on-demand backup of a table that may be made and recorded. */
  public static LeaseName onDemand(String table) {
    return new LeaseName(
        "on-demand/" + table,
        "on-demand backup of table '" + table + "'",
        VaultKeys.onDemandLease(table));
  }

  /** The one backup of a table by AWS Backup that may be made and recorded. */
  public static LeaseName awsBackup(String table) {
    return new LeaseName(
        "aws-backup/" + table,
        "backup of table '" + table + "' by AWS Backup",
        VaultKeys.awsBackupLease(table));
  }

  /** The one process that may capture the changes of a table. */
  public static LeaseName continuous(String table) {
    return new LeaseName(
        "continuous/" + table,
        "continuous backup of table '" + table + "'",
        VaultKeys.continuousLease(table));
  }

  /** The one copy of a recovery point into this vault that may run. */
  public static LeaseName copy(String table, String id) {
    return new LeaseName(
        "copy/" + table + "/" + id,
        "copy of recovery point '" + id + "'",
        VaultKeys.copyLease(table, id));
  }

  /** The one copy of a chain of a continuous backup into this vault that may run. */
  public static LeaseName copyOfChain(String table, String chain) {
    return new LeaseName(
        "copy/" + table + "/" + chain,
        "copy of the continuous backup of table '" + table + "'",
        VaultKeys.copyLease(table, chain));
  }

  @Override
  public String toString() {
    return value;
  }
}
