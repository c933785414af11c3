// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.output.Json;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps recovery points from being deleted. */
@Command(
    name = "hold",
    description = {
      "Keeps recovery points from being deleted until they are released.",
      "delete and expire refuse what is held, whatever its age and the rules say. list and"
          + " describe show it. Holding again replaces the reason."
    })
@CommandTraits(
    examples = {
      "dynavault hold latest --table orders --reason 'audit 2026' --vault s3://my-backups/vault",
      "dynavault hold 01795253400123-0a1b2c3d --reason 'case 4711' --vault s3://my-backups/vault"
    },
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
public final class HoldCommand implements CliCommand {
  @Mixin private RecoveryPointChoice choice = new RecoveryPointChoice();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "why, for those who find it held (at most 500 characters)")
  private String reason = "";

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    try (OpenVault open = session.wiring().openVault()) {
      Vault vault = open.vault();
      Hold hold = hold(session, vault);
      List<Outcome<HoldChange>> outcomes = new ArrayList<>();
      for (CatalogEntry entry : choice.find(vault.catalog())) {
        outcomes.add(
            HoldChange.attempt(
                entry,
                () -> {
                  vault.holds().hold(entry.tableName(), entry.id(), hold);
                  return HoldChange.held(entry, hold);
                }));
      }
      HoldChange.print(session.output(), outcomes);
      return Outcomes.report(
          session.output(), Outcomes.Subject.RECOVERY_POINT, outcomes, Json.object());
    }
  }

  private Hold hold(Session session, Vault vault) {
    try {
      return new Hold(reason, HoldChange.author(session, vault), session.now());
    } catch (IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to hold recovery points: " + e.getMessage(),
          "say why in fewer words",
          e);
    }
  }
}
