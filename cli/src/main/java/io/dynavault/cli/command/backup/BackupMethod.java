// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import io.dynavault.core.job.RunContext;

/**
 * One way of making backups, ready for any number of tables. Safe for several threads. {@link
 * BackupMethods} opens the one that {@code --method} names.
 */
interface BackupMethod extends AutoCloseable {

  /** How many tables are backed up at the same time. */
  int tablesAtOnce();

  /** Plans the backup of a table; begins nothing. */
  PlannedBackup plan(String tableName);

  /** Goes on with what was begun of a table, by this process or another one. */
  BackedUpTable resume(String tableName, RunContext context) throws InterruptedException;

  @Override
  void close();
}
