// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.aws.awsbackup.AwsRecoveryPoint;
import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.aws.awsbackup.RecoveryPoints;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says everything about a recovery point. */
@Command(name = "describe", description = "Describes a recovery point of AWS Backup.")
@CommandTraits(
    examples = {
      "dynavault aws-backup points describe --vault-name main \\",
      "    arn:aws:backup:eu-west-1:111122223333:recovery-point:8A92C3F1"
    },
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class PointsDescribeCommand implements CliCommand {
  @Mixin private PointChoice choice = new PointChoice();

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      RecoveryPoints points = new RecoveryPoints(clients.backup());
      session.output().show(new PointView(choice.find(session, points)));
      return ExitStatus.OK;
    }
  }

  private record PointView(AwsRecoveryPoint point) implements View {
    @Override
    public void text(Page page) {
      Page.Fields fields =
          page.fields()
              .field("ARN", point.arn())
              .field("Vault", point.vault())
              .field("Table", point.table().orElse("unknown"))
              .field("Status", point.status())
              .field("Created", point.created().map(TimeText::moment).orElse("unknown"))
              .field(
                  "Size",
                  point.bytes().isPresent() ? ByteSize.text(point.bytes().getAsLong()) : "unknown")
              .field("Storage class", point.storageClass().orElse("unknown"))
              .field("Lifecycle", point.lifecycle().orElse(Lifecycle.FOR_EVER).describe())
              .field("Advanced features", point.isAdvanced() ? "yes" : "no");
      point.coldAt().ifPresent(time -> fields.field("Cold", TimeText.moment(time)));
      point.deleteAt().ifPresent(time -> fields.field("Deleted", TimeText.moment(time)));
      point.message().ifPresent(message -> fields.field("Message", message));
      fields.end();
    }

    @Override
    public JsonNode json() {
      return AwsJson.point(point);
    }
  }
}
