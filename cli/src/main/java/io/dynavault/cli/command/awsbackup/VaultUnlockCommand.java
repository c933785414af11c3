// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.aws.awsbackup.AwsVault;
import io.dynavault.aws.awsbackup.Vaults;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes the lock of a vault of AWS Backup away. */
@Command(
    name = "unlock",
    description = {
      "Takes the lock of a vault of AWS Backup away.",
      "A compliance lock that is final stays. Prints what it would do; acts with --confirm."
    })
@CommandTraits(
    examples = {"dynavault aws-backup vault unlock main --confirm"},
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class VaultUnlockCommand implements CliCommand {
  @Mixin private VaultName name = new VaultName();
  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      Vaults vaults = new Vaults(clients.backup());
      AwsVault vault = vaults.describe(name.value());
      if (confirmation.isGiven()) {
        vaults.unlock(vault.name());
      }
      session
          .output()
          .show(
              Notice.of(
                  confirmation,
                  "unlocked vault " + vault.name(),
                  "would take the lock of vault " + vault.name() + " away: " + vault.lockText(),
                  AwsJson.vault(vault)));
      return ExitStatus.OK;
    }
  }
}
