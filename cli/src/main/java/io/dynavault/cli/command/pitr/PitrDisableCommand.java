// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.pitr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.pitr.PointInTimeRecovery;
import io.dynavault.aws.pitr.RecoveryStatus;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.TableChoice;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.View;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableNames;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Switches point-in-time recovery off. */
@Command(
    name = "disable",
    description = {
      "Switches point-in-time recovery off.",
      "All times that the tables could be restored to are lost at once, for good. Prints them;"
          + " acts with --confirm."
    })
@CommandTraits(
    examples = {"dynavault pitr disable --table orders --confirm"},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
final class PitrDisableCommand implements CliCommand {
  @Mixin private TableChoice tables = new TableChoice();
  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    try (TableClients clients = TableClients.open(session.wiring().endpoint())) {
      List<String> names = new TableNames(clients).select(tables.selection());
      RecoveryTables recovery = new RecoveryTables(session, clients);
      if (confirmation.isGiven()) {
        return RecoveryReport.print(
            session.output(), recovery.each(names, PointInTimeRecovery::disable));
      }
      List<RecoveryStatus> now =
          Outcomes.requireAll(
              session.output(),
              Outcomes.Subject.TABLE,
              recovery.each(names, PointInTimeRecovery::status));
      session.output().show(new LossView(now));
      return ExitStatus.OK;
    }
  }

  private record LossView(List<RecoveryStatus> tables) implements View {
    @Override
    public void text(Page page) {
      page.line("These tables could not be restored to these times any more:");
      page.blank();
      page.table(RecoveryReport.text(tables));
      Confirmation.remind(page, false);
    }

    @Override
    public JsonNode json() {
      ObjectNode json = Json.object().put("done", false);
      ArrayNode array = json.putArray("tables");
      tables.forEach(status -> array.add(RecoveryReport.json(status)));
      return json;
    }
  }
}
