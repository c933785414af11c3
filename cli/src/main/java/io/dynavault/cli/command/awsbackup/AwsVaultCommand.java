// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.cli.command.CommandTraits;
import picocli.CommandLine.Command;

/** Groups the commands on vaults of AWS Backup. */
@Command(
    name = "vault",
    description = "Lists, creates, protects and deletes vaults of AWS Backup.",
    subcommands = {
      VaultListCommand.class,
      VaultCreateCommand.class,
      VaultDescribeCommand.class,
      VaultDeleteCommand.class,
      VaultLockCommand.class,
      VaultUnlockCommand.class,
      VaultPolicyCommand.class,
      VaultNotificationsCommand.class
    })
@CommandTraits(examples = {"dynavault aws-backup vault list"})
final class AwsVaultCommand {}
