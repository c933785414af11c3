// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.cost;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.core.cost.CostEstimate;
import io.dynavault.core.cost.PriceList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Estimates what backing a table up, keeping the backups and restoring cost on AWS. */
@Command(
    name = "cost",
    description = {
      "Estimates what backups of a table, their storage and a restore cost on AWS, by method.",
      "Reckons with the size of a live table (--table), of a recovery point (RECOVERY-POINT with"
          + " --vault), or with --items and --size. Nothing is read but a description."
    })
@CommandTraits(
    examples = {
      "dynavault cost --table orders --backups-per-month 30 --retention-days 35",
      "dynavault cost latest --table orders --vault s3://my-backups/vault",
      "dynavault cost --items 10000000 --size 20GB --prices eu-west-1.json"
    },
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
public final class CostCommand implements CliCommand {
  @Mixin private CostOptions options = new CostOptions();

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "JSON file with prices that differ from the built-in ones (us-east-1)")
  private @Nullable String prices;

  @Override
  public ExitStatus run(Session session) {
    PriceList list =
        prices == null
            ? PriceList.builtIn()
            : PriceList.builtInWith(session.context().workingDirectory().resolve(prices));
    CostSubject subject = options.subject(session);
    CostEstimate estimate = CostEstimate.of(options.request(subject), list);
    session.output().show(new CostView(subject, options.schedule(), estimate));
    return ExitStatus.OK;
  }
}
