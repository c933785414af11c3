// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.command.backup.TableBackups.Beginning;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableNames;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Backs tables up into a vault. */
@Command(
    name = "backup",
    description = {
      "Backs up tables into a vault.",
      "Reads each table by parallel scan and writes a full export in DynamoDB's own file format;"
          + " with --method export has DynamoDB export it into a vault in S3;"
          + " with --method on-demand or aws-backup has DynamoDB or AWS Backup keep a backup, whose"
          + " record is in the vault."
          + " A backup that was interrupted goes on with --resume. A table that fails does not"
          + " stop the others."
    })
@CommandTraits(
    examples = {
      "dynavault backup --vault s3://my-backups/vault --table orders",
      "dynavault backup --vault s3://my-backups/vault --table 'prod-*' --read-capacity 50% \\",
      "    --delete-after 35d --tag reason=nightly",
      "dynavault backup --vault s3://my-backups/vault --table orders --resume",
      "dynavault backup --vault s3://my-backups/vault --table orders --method export",
      "dynavault backup --vault s3://my-backups/vault --table orders --method export --incremental",
      "dynavault backup --vault s3://my-backups/vault --table orders --method aws-backup",
      "dynavault backup --vault s3://my-backups/vault --table 'prod-*' --method auto"
    },
    options = {
      OptionGroup.BACKUP,
      OptionGroup.SCAN,
      OptionGroup.BACKUP_TABLES,
      OptionGroup.EXPORT,
      OptionGroup.AWS_BACKUP,
      OptionGroup.NOTIFY
    },
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
    return RunNotice.run(session, Operation.BACKUP, notice -> backUp(session, notice));
  }

  private ExitStatus backUp(Session session, RunNotice notice) throws InterruptedException {
    if (options.isDryRun()) {
      notice.silence();
    }
    try (OpenVault open = session.wiring().openVault();
        TableClients clients = TableClients.open(session.wiring().endpoint());
        BackupMethod method = BackupMethods.open(session, options, open.vault())) {
      List<String> names = new TableNames(clients).select(options.tables());
      notice.about(open.vault(), names);
      if (options.isDryRun()) {
        List<PlannedBackup> plans = names.stream().map(method::plan).toList();
        session.output().show(new BackupPlansView(plans));
        return ExitStatus.OK;
      }
      Beginning beginning = options.isResume() ? Beginning.RESUMED : Beginning.NEW;
      List<Outcome<BackedUpTable>> outcomes =
          new TableBackups(session, method).run(names, beginning);
      return new BackupReport(session.output(), notice).print(outcomes);
    }
  }
}
