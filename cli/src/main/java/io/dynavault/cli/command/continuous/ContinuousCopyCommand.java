// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.command.Wiring;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.core.chaincopy.ChainCopyPlan;
import io.dynavault.core.chaincopy.ChainCopyPlanner;
import io.dynavault.core.chaincopy.ChainCopyRequest;
import io.dynavault.core.chaincopy.ChainCopyResult;
import io.dynavault.core.chaincopy.ChainCopyRun;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.vault.Vault;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Copies continuous backups to another vault. */
@Command(
    name = "copy",
    description = {
      "Copies continuous backups to another vault, each time what is new, with the recovery points"
          + " that are their bases.",
      "Without tables it copies all that the vault has. Every file is checked on the way. The copy"
          + " is restored from like the vault itself; captures do not go on with it. Run it more"
          + " often than the window is long: what has expired in the vault cannot be copied any"
          + " more."
    })
@CommandTraits(
    examples = {
      "dynavault continuous copy --vault s3://my-backups/vault --target-vault s3://offsite/vault"
          + " \\",
      "    --target-profile offsite --target-s3-region eu-central-1",
      "# what is new",
      "dynavault continuous copy 'shop-*' --vault ./vault --target-vault /mnt/nas/vault --dry-run"
    },
    options = {OptionGroup.TARGET, OptionGroup.READ, OptionGroup.NOTIFY},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.CONFLICT,
      ExitStatus.UNAVAILABLE
    })
final class ContinuousCopyCommand implements CliCommand {
  @Mixin private ContinuousTables tables = new ContinuousTables();

  @Option(names = "--dry-run", description = "print the plan and do nothing")
  private boolean dryRun;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    return RunNotice.run(session, Operation.COPY, notice -> copy(session, notice));
  }

  private ExitStatus copy(Session session, RunNotice notice) throws InterruptedException {
    if (dryRun) {
      notice.silence();
    }
    Wiring wiring = session.wiring();
    try (OpenVault source = wiring.openVault();
        OpenVault target = wiring.openTargetVault()) {
      notice.about(target.vault(), List.of());
      ChainCopyPlan plan =
          new ChainCopyPlanner(source.vault(), target.vault())
              .plan(request(session, source.vault()));
      if (dryRun) {
        session.output().show(new ChainCopyPlanView(plan));
        return ExitStatus.OK;
      }
      List<Outcome<ChainCopyResult>> outcomes;
      try (ProgressBoard board = ProgressBoard.start(session)) {
        outcomes =
            new ChainCopyRun(
                    source.vault(), target.vault(), board.context("copy"), Version.current())
                .run(plan);
      }
      return new ChainCopyReport(session.output(), notice).print(plan, outcomes);
    }
  }

  private ChainCopyRequest request(Session session, Vault source) {
    List<String> captured = new ContinuousBackups(source.store()).tables();
    return new ChainCopyRequest(
        tables.isUsed() ? tables.among(captured) : captured,
        session.config().value(ConfigOptions.READ_WORKERS));
  }
}
