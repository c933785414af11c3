// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import io.dynavault.aws.export.ExportPlan;
import io.dynavault.aws.export.ExportPlanner;
import io.dynavault.aws.export.ExportResult;
import io.dynavault.aws.export.ExportRun;
import io.dynavault.aws.export.ExportWait;
import io.dynavault.aws.export.Exports;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.config.BackupOptions;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.vault.Vault;
import java.time.InstantSource;
import java.util.Optional;

/** Backups by DynamoDB's export to S3, which AWS writes into the vault. */
final class ExportMethod implements BackupMethod {
  /** They only wait; AWS has a limit of its own, of 300. */
  private static final int TABLES_AT_ONCE = 50;

  private final Session session;
  private final BackupCommandOptions options;
  private final TableClients clients;
  private final ExportPlanner planner;
  private final Exports exports;

  private ExportMethod(
      Session session, BackupCommandOptions options, Vault vault, TableClients clients) {
    this.session = session;
    this.options = options;
    this.clients = clients;
    InstantSource clock = session.context().timing().clock();
    this.planner = new ExportPlanner(clients.dynamoDb(), new TableDescriber(clients), vault, clock);
    this.exports = new Exports(clients.dynamoDb(), vault, clock, Version.current());
  }

  static ExportMethod open(Session session, BackupCommandOptions options, Vault vault) {
    return new ExportMethod(
        session, options, vault, TableClients.open(session.wiring().endpoint()));
  }

  @Override
  public int tablesAtOnce() {
    return TABLES_AT_ONCE;
  }

  @Override
  public PlannedBackup plan(String tableName) {
    requireReachable(tableName);
    ExportPlan plan =
        planner.plan(
            options
                .export()
                .request(tableName, session.wiring().vaultEncryption(), session.config(), options));
    return new PlannedExport(plan, context -> of(run(context).start(plan)));
  }

  private void requireReachable(String tableName) {
    session
        .wiring()
        .foreignS3()
        .ifPresent(
            server -> {
              throw new DynavaultException(
                  ErrorCode.USAGE,
                  "unable to export table '%s': DynamoDB exports to AWS's own S3, and the vault is at '%s'"
                      .formatted(tableName, server),
                  "take a vault in a bucket of AWS; or --method scan");
            });
  }

  @Override
  public BackedUpTable resume(String tableName, RunContext context) throws InterruptedException {
    return of(run(context).resume(tableName));
  }

  private ExportRun run(RunContext context) {
    ExportWait wait = ExportWait.upTo(session.config().value(BackupOptions.MAX_WAIT));
    return new ExportRun(exports, wait, context);
  }

  private static BackedUpTable of(ExportResult result) {
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
