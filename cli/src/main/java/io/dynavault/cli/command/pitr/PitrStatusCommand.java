// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.pitr;

import io.dynavault.aws.pitr.PointInTimeRecovery;
import io.dynavault.aws.pitr.RecoveryStatus;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.TableChoice;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableNames;
import io.dynavault.core.table.TableSelection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows which tables can be restored to which times. */
@Command(
    name = "status",
    description = {
      "Shows which tables can be restored to which times, those that cannot first.",
      "With --fail-unprotected it ends with code 4 if there is one that cannot."
    })
@CommandTraits(
    examples = {
      "dynavault pitr status --all",
      "# in a pipeline: production tables have to be protected",
      "dynavault pitr status --table-tag stage=prod --fail-unprotected"
    },
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
final class PitrStatusCommand implements CliCommand {
  @Mixin private TableChoice tables = new TableChoice();

  @Option(names = "--all", description = "all tables of the region")
  private boolean all;

  @Option(
      names = "--fail-unprotected",
      description = "end with code 4 if a table has no point-in-time recovery")
  private boolean failUnprotected;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    if (tables.isUsed() == all) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to show point-in-time recovery: "
              + (all ? "tables are named, and all are asked for" : "no table is named"),
          "name tables with --table or --table-tag, or give --all");
    }
    TableSelection selection =
        all ? new TableSelection(List.of("*"), Map.of()) : tables.selection();
    try (TableClients clients = TableClients.open(session.wiring().endpoint())) {
      List<Outcome<RecoveryStatus>> outcomes =
          new RecoveryTables(session, clients)
              .each(new TableNames(clients).select(selection), PointInTimeRecovery::status);
      ExitStatus status = RecoveryReport.print(session.output(), outcomes);
      boolean unprotected =
          RecoveryReport.tables(outcomes).stream().anyMatch(table -> !table.isOn());
      return status == ExitStatus.OK && failUnprotected && unprotected
          ? ExitStatus.DAMAGED
          : status;
    }
  }
}
