// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.plan;

import io.dynavault.aws.awsbackup.plan.PlanDiff;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares a document with the account. */
@Command(
    name = "diff",
    description = {
      "Says in what the account differs from a plan document: what apply would create, change and"
          + " delete, field by field.",
      "Ends with 4 if it differs."
    })
@CommandTraits(
    examples = {"dynavault plan diff plan.yaml", "dynavault plan diff plan.yaml --json"},
    exits = {
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
final class PlanDiffCommand implements CliCommand {
  @Mixin private DocumentFile file = new DocumentFile();

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      PlanDiff diff = file.diff(session, clients);
      session.output().show(new DiffView(diff));
      return diff.isEmpty() ? ExitStatus.OK : ExitStatus.DAMAGED;
    }
  }
}
