// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.cli.command.CommandTraits;
import picocli.CommandLine.Command;

/** Groups the commands on a vault as a whole. */
@Command(
    name = "vault",
    description = "Creates, describes, locks and unlocks a vault.",
    subcommands = {
      VaultCreateCommand.class,
      VaultDescribeCommand.class,
      VaultLockCommand.class,
      VaultUnlockCommand.class
    })
@CommandTraits(examples = {"dynavault vault create --vault s3://my-backups/vault"})
public final class VaultCommand {}
