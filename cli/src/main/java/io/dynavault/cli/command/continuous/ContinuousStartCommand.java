// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.capture.CaptureResult;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableNames;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Captures tables. */
@Command(
    name = "start",
    description = {
      "Captures every change of tables into a vault, until it is ended.",
      "Reads the tables' streams, which it switches on where there are none, and makes a base by"
          + " scan beside that, strongly consistent. Goes on where the last capture has stopped."
          + " Where changes are lost it says so, tells it by the notifications, and begins anew"
          + " with a new base. Ctrl-C, SIGTERM and dynavault continuous stop end it with success."
    })
@CommandTraits(
    examples = {
      "dynavault continuous start orders --vault s3://my-backups/vault",
      "dynavault continuous start 'shop-*' customers --read-capacity 20% --vault"
          + " s3://my-backups/vault",
      "# every quarter of an hour, by cron",
      "dynavault continuous start orders --once --vault s3://my-backups/vault"
    },
    options = {OptionGroup.CONTINUOUS, OptionGroup.SCAN, OptionGroup.EXPORT, OptionGroup.NOTIFY},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.CONFLICT,
      ExitStatus.UNAVAILABLE
    })
final class ContinuousStartCommand implements CliCommand {
  @Mixin private ContinuousTables tables = new ContinuousTables();

  @Option(
      names = "--once",
      description = "catch up with the changes up to now, and end; at least once a day")
  private boolean once;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    return RunNotice.run(session, Operation.CONTINUOUS, notice -> capture(session, notice));
  }

  private ExitStatus capture(Session session, RunNotice notice) throws InterruptedException {
    try (OpenVault open = session.wiring().openVault();
        TableClients clients = TableClients.open(session.wiring().endpoint())) {
      notice.about(open.vault(), List.of());
      List<String> names = new TableNames(clients).select(tables.selection());
      TableCaptures captures =
          new TableCaptures(session, open.vault(), notice, once ? Until.CAUGHT_UP : Until.STOPPED);
      List<Outcome<CaptureResult>> outcomes = captures.run(clients, names);
      return new CaptureReport(session.output(), notice).print(outcomes);
    }
  }
}
