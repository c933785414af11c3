// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.aws.awsbackup.plan.AccountReader;
import io.dynavault.aws.awsbackup.plan.BackupPlans;
import io.dynavault.aws.awsbackup.plan.PlanDocument;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.View;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes a plan. */
@Command(
    name = "delete",
    description = {
      "Deletes a backup plan with all its selections; its recovery points stay.",
      "Prints what it would do; acts with --confirm."
    })
@CommandTraits(
    examples = {"dynavault plan delete nightly --confirm"},
    exits = {ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class PlanDeleteCommand implements CliCommand {
  @Parameters(paramLabel = "PLAN", description = "name of the plan")
  private String name = "";

  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      AccountReader reader = new AccountReader(clients.backup());
      PlanDocument document =
          reader.export(name, List.of(), note -> session.output().message("note: " + note));
      if (confirmation.isGiven()) {
        new BackupPlans(clients.backup()).delete(reader.planId(name).orElseThrow());
      }
      session.output().show(new DeletedView(document, confirmation.isGiven()));
      return ExitStatus.OK;
    }
  }

  private record DeletedView(PlanDocument document, boolean done) implements View {
    @Override
    public void text(Page page) {
      page.line(
          "%s plan %s with %s and %s",
          done ? "deleted" : "would delete",
          document.name(),
          Counts.of(document.rules().size(), "rule"),
          Counts.of(document.selections().size(), "selection"));
      Confirmation.remind(page, done);
    }

    @Override
    public JsonNode json() {
      return Json.object()
          .put("done", done)
          .put("plan", document.name())
          .put("ruleCount", document.rules().size())
          .put("selectionCount", document.selections().size());
    }
  }
}
