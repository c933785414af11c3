// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import io.dynavault.aws.ondemand.OnDemandBackups;
import io.dynavault.aws.ondemand.OnDemandOptions;
import io.dynavault.aws.ondemand.OnDemandPlan;
import io.dynavault.aws.ondemand.OnDemandPlanner;
import io.dynavault.aws.ondemand.OnDemandResult;
import io.dynavault.aws.ondemand.OnDemandRun;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.config.BackupOptions;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.vault.Vault;
import java.util.Optional;

/** Backups that DynamoDB keeps; the vault has their records. */
final class OnDemandMethod implements BackupMethod {
  /** They only wait; AWS takes 50 requests for backups a second. */
  private static final int TABLES_AT_ONCE = 20;

  private final Session session;
  private final BackupCommandOptions options;
  private final Vault vault;
  private final TableClients clients;
  private final OnDemandPlanner planner;

  private OnDemandMethod(
      Session session, BackupCommandOptions options, Vault vault, TableClients clients) {
    this.session = session;
    this.options = options;
    this.vault = vault;
    this.clients = clients;
    this.planner =
        new OnDemandPlanner(new TableDescriber(clients), session.context().timing().clock());
  }

  static OnDemandMethod open(Session session, BackupCommandOptions options, Vault vault) {
    return new OnDemandMethod(
        session, options, vault, TableClients.open(session.wiring().endpoint()));
  }

  @Override
  public int tablesAtOnce() {
    return TABLES_AT_ONCE;
  }

  @Override
  public PlannedBackup plan(String tableName) {
    String prefix = session.config().value(BackupOptions.NAME_PREFIX);
    OnDemandPlan plan =
        planner.plan(tableName, new OnDemandOptions(prefix, options.tags(), options.deleteAfter()));
    return new PlannedOnDemand(plan, context -> of(run(context).start(plan)));
  }

  @Override
  public BackedUpTable resume(String tableName, RunContext context) throws InterruptedException {
    return of(run(context).resume(tableName));
  }

  private OnDemandRun run(RunContext context) {
    OnDemandBackups backups =
        new OnDemandBackups(clients.dynamoDb(), session.wiring().calls(context.stop()));
    return new OnDemandRun(
        vault, backups, session.config().value(BackupOptions.MAX_WAIT), context, Version.current());
  }

  private static BackedUpTable of(OnDemandResult result) {
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
    clients.close();
  }
}
