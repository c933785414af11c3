// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.PercentConverter;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.verify.VerifyLevel;
import io.dynavault.core.verify.VerifyRequest;
import io.dynavault.core.verify.VerifyResult;
import io.dynavault.core.verify.VerifyRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks for damage. */
@Command(
    name = "verify",
    description = {
      "Verifies that recovery points can be restored.",
      "Without RECOVERY-POINT all of the vault, or of --table. structure: records and manifests"
          + " agree and every file is there; checksums: every stored byte is read as well; data:"
          + " every item is read, too. Writes nothing; says for each finding what repairs it."
    })
@CommandTraits(
    examples = {
      "dynavault verify --vault s3://my-backups/vault",
      "dynavault verify latest --table orders --vault ./vault --level checksums --sample 5%",
      "dynavault verify s3://bucket/AWSDynamoDB/01715685260608-c488b4e1"
    },
    options = {OptionGroup.READ},
    exits = {
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
public final class VerifyCommand implements CliCommand {
  @Mixin private VerifySelection selection = new VerifySelection();

  @Option(
      names = "--level",
      paramLabel = "structure|checksums|data",
      description = "how deep to look (default data)")
  private VerifyLevel level = VerifyLevel.DATA;

  @Option(
      names = "--sample",
      paramLabel = "PERCENT",
      converter = PercentConverter.class,
      description = "read only this share of the data files, chosen by chance, such as 5%%")
  private double sample = 100;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    int workers = session.config().value(ConfigOptions.READ_WORKERS);
    VerifyResult result;
    try (ProgressBoard board = ProgressBoard.start(session);
        OpenTarget target = selection.open(session);
        ManagedBackups backups = session.wiring().managedBackups()) {
      VerifyRequest request = new VerifyRequest(target.target(), level, sample, workers);
      result = new VerifyRun(request, board.context("verify"), backups).run();
    }
    session.output().show(new VerifyView(result));
    return result.sound() ? ExitStatus.OK : ExitStatus.DAMAGED;
  }
}
