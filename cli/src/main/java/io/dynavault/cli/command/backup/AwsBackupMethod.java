// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.aws.awsbackup.Vaults;
import io.dynavault.aws.awsbackup.backup.AwsBackupPlan;
import io.dynavault.aws.awsbackup.backup.AwsBackupPlanner;
import io.dynavault.aws.awsbackup.backup.AwsBackupRequest;
import io.dynavault.aws.awsbackup.backup.AwsBackupResult;
import io.dynavault.aws.awsbackup.backup.AwsBackupRun;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.command.awsbackup.Role;
import io.dynavault.cli.config.BackupOptions;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.vault.Vault;
import java.util.Optional;

/** Backups that AWS Backup makes and keeps; the vault has their records. */
final class AwsBackupMethod implements BackupMethod {
  /** They only wait. */
  private static final int TABLES_AT_ONCE = 50;

  private final Session session;
  private final BackupCommandOptions options;
  private final Vault vault;
  private final TableClients tables;
  private final AwsClients clients;

  private AwsBackupMethod(
      Session session,
      BackupCommandOptions options,
      Vault vault,
      TableClients tables,
      AwsClients clients) {
    this.session = session;
    this.options = options;
    this.vault = vault;
    this.tables = tables;
    this.clients = clients;
  }

  static AwsBackupMethod open(Session session, BackupCommandOptions options, Vault vault) {
    return new AwsBackupMethod(
        session,
        options,
        vault,
        TableClients.open(session.wiring().endpoint()),
        AwsClients.of(session.wiring().endpoint()));
  }

  @Override
  public int tablesAtOnce() {
    return TABLES_AT_ONCE;
  }

  @Override
  public PlannedBackup plan(String tableName) {
    AwsBackupPlan plan =
        new AwsBackupPlanner(new TableDescriber(tables), new Vaults(clients.backup()))
            .plan(
                new AwsBackupRequest(
                    tableName,
                    session.config().value(ConfigOptions.AWS_BACKUP_VAULT),
                    Role.of(session),
                    options.awsLifecycle(),
                    options.tags(),
                    options.deleteAfter()));
    return new PlannedAwsBackup(plan, context -> of(run(context).start(plan)));
  }

  @Override
  public BackedUpTable resume(String tableName, RunContext context) throws InterruptedException {
    return of(run(context).resume(tableName));
  }

  private AwsBackupRun run(RunContext context) {
    return new AwsBackupRun(
        vault,
        new Jobs(clients.backup()),
        session.config().value(BackupOptions.MAX_WAIT),
        context,
        Version.current());
  }

  private static BackedUpTable of(AwsBackupResult result) {
    return new BackedUpTable(
        result.tableName(),
        result.recoveryPoints(),
        result.duration(),
        Optional.empty(),
        Optional.empty(),
        result.notes());
  }

  @Override
  public void close() {
    tables.close();
    clients.close();
  }
}
