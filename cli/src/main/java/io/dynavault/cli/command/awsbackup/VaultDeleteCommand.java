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
import io.dynavault.cli.output.Counts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes a vault. */
@Command(
    name = "delete",
    description = {
      "Deletes a vault of AWS Backup, which has to be empty.",
      "Prints what it would do; acts with --confirm."
    })
@CommandTraits(
    examples = {"dynavault aws-backup vault delete old --confirm"},
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class VaultDeleteCommand implements CliCommand {
  @Mixin private VaultName name = new VaultName();
  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      Vaults vaults = new Vaults(clients.backup());
      AwsVault vault = vaults.describe(name.value());
      if (confirmation.isGiven()) {
        vaults.delete(vault.name());
      }
      session
          .output()
          .show(
              Notice.of(
                  confirmation,
                  "deleted vault " + vault.name(),
                  "would delete vault "
                      + vault.name()
                      + ", which has "
                      + Counts.of(vault.recoveryPoints(), "recovery point"),
                  AwsJson.vault(vault)));
      return ExitStatus.OK;
    }
  }
}
