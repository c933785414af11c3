// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.aws.awsbackup.AwsRecoveryPoint;
import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.aws.awsbackup.RecoveryPoints;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Changes how long a recovery point is kept. */
@Command(
    name = "lifecycle",
    description = {
      "Changes how long a recovery point of AWS Backup is kept, counted from its creation.",
      "What is not given is taken away: without options it is kept for ever. Prints what it would"
          + " do; acts with --confirm."
    })
@CommandTraits(
    examples = {
      "dynavault aws-backup points lifecycle --vault-name main --delete-after-days 365 --confirm"
          + " \\",
      "    arn:aws:backup:eu-west-1:111122223333:recovery-point:8A92C3F1"
    },
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class PointsLifecycleCommand implements CliCommand {
  @Mixin private PointChoice choice = new PointChoice();
  @Mixin private LifecycleOptions lifecycle = new LifecycleOptions();
  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) {
    Lifecycle wanted = lifecycle.value();
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      RecoveryPoints points = new RecoveryPoints(clients.backup());
      AwsRecoveryPoint point = choice.find(session, points);
      if (confirmation.isGiven()) {
        points.setLifecycle(point.vault(), point.arn(), wanted);
        point = points.describe(point.vault(), point.arn());
      }
      String before = point.lifecycle().orElse(Lifecycle.FOR_EVER).describe();
      session
          .output()
          .show(
              Notice.of(
                  confirmation,
                  "changed: " + before,
                  "would change '" + before + "' to '" + wanted.describe() + "'",
                  AwsJson.point(point)));
      return ExitStatus.OK;
    }
  }
}
