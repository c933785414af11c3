// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

/** What {@code --method} of a backup can be. */
public enum BackupMethodChoice {
  /** This engine reads the table. */
  SCAN,
  /** DynamoDB exports the table into the vault. */
  EXPORT,
  /** AWS Backup keeps the backup; the vault has its record. */
  AWS_BACKUP,
  /** DynamoDB keeps a backup, and the vault the record of it. */
  ON_DEMAND,
  /** What fits each table, the endpoint and the vault. */
  AUTO
}
