// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.core.backup.BackupPlan;
import io.dynavault.core.backup.BackupResult;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableNames;
import io.dynavault.core.transport.DynamoDbTransport;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Backs tables up into a vault. */
@Command(
    name = "backup",
    description = {
      "Backs up tables into a vault.",
      "Reads each table by parallel scan and writes a full export in DynamoDB's own file format."
          + " A backup that was interrupted goes on with --resume. A table that fails does not"
          + " stop the others."
    })
@CommandTraits(
    examples = {
      "dynavault backup --vault s3://my-backups/vault --table orders",
      "dynavault backup --vault s3://my-backups/vault --table 'prod-*' --read-capacity 50% \\",
      "    --delete-after 35d --tag reason=nightly",
      "dynavault backup --vault s3://my-backups/vault --table orders --resume"
    },
    options = {OptionGroup.SCAN, OptionGroup.BACKUP_TABLES, OptionGroup.EXPORT},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
public final class BackupCommand implements CliCommand {
  @Mixin private BackupCommandOptions options = new BackupCommandOptions();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    int tables = session.config().value(ConfigOptions.SCAN_TABLES);
    int threads = tables * session.config().value(ConfigOptions.SCAN_WORKERS);
    try (OpenVault open = session.wiring().openVault();
        TableClients clients = TableClients.open(session.wiring().endpoint());
        DynamoDbTransport transport = session.wiring().openTransport(threads)) {
      TableBackups backups = new TableBackups(session, options, open.vault(), clients, transport);
      List<String> names = new TableNames(clients).select(options.tables());
      if (options.isDryRun()) {
        List<BackupPlan> plans = names.stream().map(backups::plan).toList();
        session.output().show(new BackupPlansView(plans));
        return ExitStatus.OK;
      }
      List<Outcome<BackupResult>> outcomes = backups.run(names, tables);
      return new BackupReport(session.output()).print(outcomes);
    }
  }
}
