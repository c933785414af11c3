// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.DurationConverter;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.gc.GcPlan;
import io.dynavault.core.gc.GcPlanner;
import io.dynavault.core.gc.GcResult;
import io.dynavault.core.gc.GcRun;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes what crashed runs left behind. */
@Command(
    name = "gc",
    description = {
      "Removes what crashed runs left behind in a vault.",
      "Never what a recovery point or a running command needs, and nothing that somebody else put"
          + " there. Prints what it would do; acts with --confirm."
    })
@CommandTraits(
    examples = {
      "dynavault gc --vault s3://my-backups/vault",
      "dynavault gc --vault s3://my-backups/vault --grace 7d --confirm"
    },
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
public final class GcCommand implements CliCommand {
  @Option(
      names = "--grace",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description =
          "how long nothing was written to what counts as given up (at least 1h, default 24h)")
  private Duration grace = GcPlanner.DEFAULT_GRACE;

  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    try (OpenVault open = session.wiring().openVault();
        ManagedBackups backups = session.wiring().managedBackups()) {
      GcPlanner planner = planner(open.vault());
      GcPlan plan = planner.plan();
      Optional<GcResult> result = Optional.empty();
      if (confirmation.isGiven()) {
        result = Optional.of(new GcRun(open.vault(), grace, backups).run(plan));
      }
      session.output().show(new GcView(plan, result));
      boolean failed = result.filter(done -> !done.failed().isEmpty()).isPresent();
      return failed ? ExitStatus.INCOMPLETE : ExitStatus.OK;
    }
  }

  private GcPlanner planner(Vault vault) {
    try {
      return new GcPlanner(vault, grace);
    } catch (IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to remove debris: " + e.getMessage(),
          "give a --grace of at least 1h");
    }
  }
}
