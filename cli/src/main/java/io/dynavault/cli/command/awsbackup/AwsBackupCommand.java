// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.cli.command.CommandTraits;
import picocli.CommandLine.Command;

/** Groups the commands on AWS Backup. */
@Command(
    name = "aws-backup",
    description = {
      "Drives AWS Backup: vaults, jobs, recovery points, restore tests, settings.",
      "For backup plans see: dynavault plan. To back up with AWS Backup and keep the table's whole"
          + " definition with it, see: dynavault backup --method aws-backup."
    },
    subcommands = {
      AwsVaultCommand.class,
      StartCommand.class,
      StopCommand.class,
      CopyCommand.class,
      RestoreCommand.class,
      JobsCommand.class,
      PointsCommand.class,
      ProtectedCommand.class,
      TestingCommand.class,
      SettingsCommand.class
    })
@CommandTraits(
    examples = {
      "dynavault aws-backup start orders --aws-backup-vault main --wait",
      "dynavault aws-backup jobs --state failed"
    })
public final class AwsBackupCommand {}
