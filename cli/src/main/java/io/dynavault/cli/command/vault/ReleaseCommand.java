// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.output.Json;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.Vault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the hold on recovery points. */
@Command(
    name = "release",
    description = {
      "Ends the hold on recovery points: the vault's rules decide about them again.",
      "What is not held stays as it is. Prints what it would do; acts with --confirm."
    })
@CommandTraits(
    examples = {
      "dynavault release latest --table orders --vault s3://my-backups/vault",
      "dynavault release 01795253400123-0a1b2c3d --vault s3://my-backups/vault --confirm"
    },
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
public final class ReleaseCommand implements CliCommand {
  @Mixin private RecoveryPointChoice choice = new RecoveryPointChoice();
  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    try (OpenVault open = session.wiring().openVault()) {
      Vault vault = open.vault();
      List<CatalogEntry> entries = choice.find(vault.catalog());
      if (!confirmation.isGiven()) {
        Map<CatalogEntry, Optional<Hold>> holds = new LinkedHashMap<>();
        entries.forEach(entry -> holds.put(entry, vault.holds().of(entry.tableName(), entry.id())));
        session.output().show(new ReleasePlanView(holds));
        return ExitStatus.OK;
      }
      Hold release = new Hold("", HoldChange.author(session, vault), session.now());
      List<Outcome<HoldChange>> outcomes = new ArrayList<>();
      for (CatalogEntry entry : entries) {
        outcomes.add(HoldChange.attempt(entry, () -> release(vault, entry, release)));
      }
      HoldChange.print(session.output(), outcomes);
      return Outcomes.report(
          session.output(), Outcomes.Subject.RECOVERY_POINT, outcomes, Json.object());
    }
  }

  private static HoldChange release(Vault vault, CatalogEntry entry, Hold release) {
    Optional<Hold> before = vault.holds().of(entry.tableName(), entry.id());
    vault.holds().release(entry.tableName(), entry.id(), release);
    return HoldChange.released(entry, before);
  }
}
