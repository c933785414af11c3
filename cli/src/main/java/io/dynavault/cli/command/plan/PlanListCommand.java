// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.plan.BackupPlans;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists plans. */
@Command(name = "list", description = "Lists the backup plans of AWS Backup in the account.")
@CommandTraits(
    examples = {"dynavault plan list"},
    exits = {ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class PlanListCommand implements CliCommand {

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      List<BackupPlans.Summary> plans = new BackupPlans(clients.backup()).list();
      session.output().show(new ListView(plans, session.now()));
      return ExitStatus.OK;
    }
  }

  private record ListView(List<BackupPlans.Summary> plans, Instant now) implements View {
    @Override
    public void text(Page page) {
      if (plans.isEmpty()) {
        page.line("no plans");
        return;
      }
      TextTable table = TextTable.of("PLAN", "ID", ">LAST RUN");
      for (BackupPlans.Summary plan : plans) {
        table.row(
            plan.name(),
            plan.id(),
            plan.lastRun().map(time -> TimeText.age(time, now)).orElse("never"));
      }
      page.table(table);
    }

    @Override
    public JsonNode json() {
      ObjectNode json = Json.object();
      ArrayNode array = json.putArray("plans");
      for (BackupPlans.Summary plan : plans) {
        ObjectNode node =
            array
                .addObject()
                .put("name", plan.name())
                .put("planId", plan.id())
                .put("planArn", plan.arn());
        plan.created().ifPresent(time -> node.put("created", Json.time(time)));
        plan.lastRun().ifPresent(time -> node.put("lastRun", Json.time(time)));
      }
      return json;
    }
  }
}
