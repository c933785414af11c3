// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.RecoveryPointSelection;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.vault.CatalogEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says everything about one recovery point. */
@Command(
    name = "describe",
    description = "Describes a recovery point: what is in it, its table's definition, its files.")
@CommandTraits(
    examples = {
      "dynavault describe latest --table orders --vault s3://my-backups/vault",
      "dynavault describe 017952534 --vault s3://my-backups/vault --json"
    },
    exits = {
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
public final class DescribeCommand implements CliCommand {
  @Mixin private RecoveryPointSelection selection = new RecoveryPointSelection();

  @Override
  public ExitStatus run(Session session) {
    try (OpenVault open = session.wiring().openVault()) {
      CatalogEntry entry = selection.find(open.vault().catalog());
      session
          .output()
          .show(
              new RecoveryPointView(
                  entry,
                  open.vault().holds().of(entry.tableName(), entry.id()),
                  open.vault().lockLog().state().lock().map(lock -> lock.protectedUntil(entry)),
                  new ContinuousBackups(open.vault().store())
                      .basesOf(entry.tableName(), entry.id()),
                  session.now()));
      return ExitStatus.OK;
    }
  }
}
