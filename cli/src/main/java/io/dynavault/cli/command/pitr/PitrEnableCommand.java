// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.pitr;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.TableChoice;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableNames;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Switches point-in-time recovery on. */
@Command(
    name = "enable",
    description = {
      "Switches point-in-time recovery on, or changes how far back it reaches.",
      "Doing it twice does no harm. A shorter period moves the earliest restorable time at once."
    })
@CommandTraits(
    examples = {
      "dynavault pitr enable --table orders",
      "dynavault pitr enable --table 'prod-*' --days 14"
    },
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
final class PitrEnableCommand implements CliCommand {
  @Mixin private TableChoice tables = new TableChoice();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "how far back it reaches, 1 to 35 days (default: 35, or as it is)")
  private @Nullable Integer days;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    OptionalInt period = days == null ? OptionalInt.empty() : OptionalInt.of(days);
    try (TableClients clients = TableClients.open(session.wiring().endpoint())) {
      List<String> names = new TableNames(clients).select(tables.selection());
      return RecoveryReport.print(
          session.output(),
          new RecoveryTables(session, clients)
              .each(names, (recovery, name) -> recovery.enable(name, period)));
    }
  }
}
