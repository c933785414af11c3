// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.core.vault.CatalogListing;
import picocli.CommandLine.Command;

/** Says what a vault is and what is in it. */
@Command(
    name = "describe",
    description = "Says what a vault is, how it is locked and what it holds.")
@CommandTraits(
    examples = {"dynavault vault describe --vault s3://my-backups/vault"},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
final class VaultDescribeCommand implements CliCommand {

  @Override
  public ExitStatus run(Session session) {
    try (OpenVault open = session.wiring().openVault()) {
      CatalogListing listing = open.vault().catalog().list();
      session
          .output()
          .show(
              new VaultView(
                  open.vault().config(),
                  session.wiring().vaultLocation().toString(),
                  open.vault().lockLog().state(),
                  listing,
                  open.vault().runs().all().size(),
                  session.now()));
      UnreadableRecords.warn(session.output(), listing.unreadable());
      return UnreadableRecords.status(listing.unreadable());
    }
  }
}
