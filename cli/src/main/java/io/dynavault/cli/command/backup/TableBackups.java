// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.backup.BackupPlan;
import io.dynavault.core.backup.BackupPlanner;
import io.dynavault.core.backup.BackupResult;
import io.dynavault.core.backup.BackupRun;
import io.dynavault.core.backup.TableIdentity;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.vault.Vault;
import java.util.List;

/** Plans and runs the backups of several tables, each for itself. */
final class TableBackups {
  private final Session session;
  private final BackupCommandOptions options;
  private final Vault vault;
  private final TableDescriber describer;
  private final DynamoDbTransport transport;
  private final BackupPlanner planner;

  TableBackups(
      Session session,
      BackupCommandOptions options,
      Vault vault,
      TableClients clients,
      DynamoDbTransport transport) {
    this.session = session;
    this.options = options;
    this.vault = vault;
    this.describer = new TableDescriber(clients);
    this.transport = transport;
    Timing timing = session.context().timing();
    this.planner = new BackupPlanner(transport.endpoint(), timing.clock(), timing.random());
  }

  BackupPlan plan(String tableName) {
    TableSnapshot table = describer.describe(tableName);
    return planner.plan(
        options.request(tableName, session.config()),
        table.definition(),
        table.itemCount(),
        table.tableSizeBytes());
  }

  List<Outcome<BackupResult>> run(List<String> tableNames, int atATime)
      throws InterruptedException {
    try (ProgressBoard board = ProgressBoard.start(session)) {
      return Outcome.ofEach(tableNames, atATime, board.stop(), name -> run(name, board));
    }
  }

  private BackupResult run(String tableName, ProgressBoard board) {
    BackupRun run =
        new BackupRun(
            vault,
            transport,
            new TableIdentity(name -> describer.describe(name).definition()),
            board.context(tableName),
            Version.current());
    try {
      if (options.isResume()) {
        session.output().detail("resuming the backup of table '" + tableName + "'");
        return run.resume(tableName, session.config().optional(ConfigOptions.SCAN_READ_CAPACITY));
      }
      BackupPlan plan = plan(tableName);
      session
          .output()
          .detail(
              "backing up table '%s' as %s in %d segments"
                  .formatted(tableName, plan.id(), plan.totalSegments()));
      return run.start(plan);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED, "backup of table '" + tableName + "' was interrupted", e);
    }
  }
}
