// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.ondemand;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.aws.ondemand.BackupArn;
import io.dynavault.aws.ondemand.BackupInfo;
import io.dynavault.aws.ondemand.OnDemandBackups;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.job.StopSignal;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says everything about an on-demand backup. */
@Command(name = "describe", description = "Describes an on-demand backup at AWS.")
@CommandTraits(
    examples = {
      "dynavault on-demand describe \\",
      "    arn:aws:dynamodb:eu-west-1:111122223333:table/orders/backup/01489602797149-73d8d5bc"
    },
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class OnDemandDescribeCommand implements CliCommand {
  @Parameters(paramLabel = "ARN", description = "ARN of the backup")
  private String arn = "";

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    BackupArn wanted = BackupArn.parse(arn);
    try (RegionClients clients = new RegionClients(AwsClients.of(session.wiring().endpoint()));
        RecordedBackups recorded = RecordedBackups.of(session)) {
      BackupInfo backup =
          new OnDemandBackups(
                  clients.in(wanted.region()).dynamoDb(), session.wiring().calls(new StopSignal()))
              .describe(wanted);
      session.output().show(new BackupView(backup, recorded.has(wanted)));
      return ExitStatus.OK;
    }
  }

  private record BackupView(BackupInfo backup, Optional<Boolean> recorded) implements View {
    @Override
    public void text(Page page) {
      Page.Fields fields =
          page.fields()
              .field("ARN", backup.arn().text())
              .field("Name", backup.name())
              .field("Table", backup.tableName());
      if (!backup.tableId().isEmpty()) {
        fields.field("Table id", backup.tableId());
      }
      fields
          .field("Created", TimeText.moment(backup.created()))
          .field("Status", BackupText.words(backup.status()))
          .field("Type", BackupText.words(backup.type()))
          .field("Size", BackupText.size(backup));
      backup.itemCount().ifPresent(items -> fields.field("Items", "~" + Counts.text(items)));
      backup.expires().ifPresent(time -> fields.field("Expires", TimeText.moment(time)));
      recorded.ifPresent(yes -> fields.field("Recorded", yes ? "yes" : "no"));
      fields.end();
    }

    @Override
    public JsonNode json() {
      return BackupText.json(backup, recorded);
    }
  }
}
