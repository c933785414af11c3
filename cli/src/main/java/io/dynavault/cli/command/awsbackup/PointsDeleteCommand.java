// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.aws.awsbackup.AwsRecoveryPoint;
import io.dynavault.aws.awsbackup.RecoveryPoints;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.TimeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes a recovery point. */
@Command(
    name = "delete",
    description = {
      "Deletes a recovery point of AWS Backup.",
      "What the vault's lock, a legal hold or the vault's policy protects is refused. Prints what"
          + " it would do; acts with --confirm."
    })
@CommandTraits(
    examples = {
      "dynavault aws-backup points delete --vault-name main --confirm \\",
      "    arn:aws:backup:eu-west-1:111122223333:recovery-point:8A92C3F1"
    },
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class PointsDeleteCommand implements CliCommand {
  @Mixin private PointChoice choice = new PointChoice();
  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      RecoveryPoints points = new RecoveryPoints(clients.backup());
      AwsRecoveryPoint point = choice.find(session, points);
      if (confirmation.isGiven()) {
        points.delete(point.vault(), point.arn());
      }
      String what =
          "recovery point of table "
              + point.table().orElse("unknown")
              + point.created().map(time -> " of " + TimeText.moment(time)).orElse("");
      session
          .output()
          .show(
              Notice.of(
                  confirmation, "deleted " + what, "would delete " + what, AwsJson.point(point)));
      return ExitStatus.OK;
    }
  }
}
