// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.backup.BackupPlan;
import io.dynavault.core.backup.BackupPlanner;
import io.dynavault.core.backup.BackupRun;
import io.dynavault.core.backup.TableIdentity;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.vault.Vault;

/** Backups by this engine's own parallel scan. */
final class ScanMethod implements BackupMethod {
  private final Session session;
  private final BackupCommandOptions options;
  private final Vault vault;
  private final TableClients clients;
  private final TableDescriber describer;
  private final DynamoDbTransport transport;
  private final BackupPlanner planner;

  private ScanMethod(
      Session session,
      BackupCommandOptions options,
      Vault vault,
      TableClients clients,
      DynamoDbTransport transport) {
    this.session = session;
    this.options = options;
    this.vault = vault;
    this.clients = clients;
    this.describer = new TableDescriber(clients);
    this.transport = transport;
    Timing timing = session.context().timing();
    this.planner = new BackupPlanner(transport.endpoint(), timing.clock(), timing.random());
  }

  static ScanMethod open(Session session, BackupCommandOptions options, Vault vault) {
    int threads =
        session.config().value(ConfigOptions.SCAN_TABLES)
            * session.config().value(ConfigOptions.SCAN_WORKERS);
    TableClients clients = TableClients.open(session.wiring().endpoint());
    try {
      DynamoDbTransport transport = session.wiring().openTransport(threads);
      return new ScanMethod(session, options, vault, clients, transport);
    } catch (RuntimeException e) {
      clients.close();
      throw e;
    }
  }

  @Override
  public int tablesAtOnce() {
    return session.config().value(ConfigOptions.SCAN_TABLES);
  }

  @Override
  public PlannedBackup plan(String tableName) {
    TableSnapshot table = describer.describe(tableName);
    BackupPlan plan =
        planner.plan(
            options.request(tableName, session.config()),
            table.definition(),
            table.itemCount(),
            table.tableSizeBytes());
    return new PlannedScan(plan, context -> start(plan, context));
  }

  @Override
  public BackedUpTable resume(String tableName, RunContext context) throws InterruptedException {
    session.output().detail("resuming the backup of table '" + tableName + "'");
    return BackedUpTable.of(
        run(context)
            .resume(tableName, session.config().optional(ConfigOptions.SCAN_READ_CAPACITY)));
  }

  private BackedUpTable start(BackupPlan plan, RunContext context) throws InterruptedException {
    session
        .output()
        .detail(
            "backing up table '%s' as %s in %d segments"
                .formatted(plan.table().tableName(), plan.id(), plan.totalSegments()));
    return BackedUpTable.of(run(context).start(plan));
  }

  private BackupRun run(RunContext context) {
    return new BackupRun(
        vault,
        transport,
        new TableIdentity(name -> describer.describe(name).definition()),
        context,
        Version.current());
  }

  @Override
  public void close() {
    try (clients) {
      transport.close();
    }
  }
}
