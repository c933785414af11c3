// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.plan.ObjectChange;
import io.dynavault.aws.awsbackup.plan.PlanApply;
import io.dynavault.aws.awsbackup.plan.PlanDiff;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.View;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes the account what a document says. */
@Command(
    name = "apply",
    description = {
      "Makes the account what a plan document says: plan, selections, vaults, restore tests.",
      "Prints what differs; acts with --confirm. Applying again changes nothing. Of what is not in"
          + " the document it deletes only what dynavault has made or the document names."
    })
@CommandTraits(
    examples = {"dynavault plan apply plan.yaml", "dynavault plan apply plan.yaml --confirm"},
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class PlanApplyCommand implements CliCommand {
  @Mixin private DocumentFile file = new DocumentFile();
  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      PlanDiff diff = file.diff(session, clients);
      boolean acts = confirmation.isGiven() && !diff.isEmpty();
      if (acts) {
        PlanApply apply = new PlanApply(clients.backup(), session.context().timing().random());
        apply.apply(diff, change -> session.output().message("done: " + text(change)));
      }
      session.output().show(new AppliedView(new DiffView(diff), acts || diff.isEmpty()));
      return ExitStatus.OK;
    }
  }

  private static String text(ObjectChange change) {
    return change.action().name().toLowerCase(Locale.ROOT)
        + " "
        + change.kind().text()
        + " "
        + change.name();
  }

  private record AppliedView(DiffView diff, boolean done) implements View {
    @Override
    public void text(Page page) {
      diff.text(page);
      if (done && !diff.diff().isEmpty()) {
        page.line("applied");
      }
      Confirmation.remind(page, done);
    }

    @Override
    public JsonNode json() {
      return ((ObjectNode) diff.json()).put("done", done);
    }
  }
}
