// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.ondemand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.aws.ondemand.BackupArn;
import io.dynavault.aws.ondemand.BackupInfo;
import io.dynavault.aws.ondemand.OnDemandBackups;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes on-demand backups. */
@Command(
    name = "delete",
    description = {
      "Deletes on-demand backups at AWS.",
      "One that the vault has a record of is refused: delete its recovery point instead. Prints"
          + " what it would do; acts with --confirm, if all can be deleted."
    })
@CommandTraits(
    examples = {
      "dynavault on-demand delete --vault s3://my-backups/vault --confirm \\",
      "    arn:aws:dynamodb:eu-west-1:111122223333:table/orders/backup/01489602797149-73d8d5bc"
    },
    exits = {
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.CONFLICT,
      ExitStatus.UNAVAILABLE
    })
final class OnDemandDeleteCommand implements CliCommand {
  @Parameters(arity = "1..*", paramLabel = "ARN", description = "ARNs of the backups")
  private List<String> arns = List.of();

  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    List<BackupArn> wanted = arns.stream().map(BackupArn::parse).toList();
    try (RegionClients clients = new RegionClients(AwsClients.of(session.wiring().endpoint()));
        RecordedBackups recorded = RecordedBackups.of(session)) {
      List<BackupInfo> found = new ArrayList<>();
      for (BackupArn arn : wanted) {
        requireNotRecorded(recorded.has(arn), arn);
        BackupInfo backup = backups(session, clients, arn).describe(arn);
        OnDemandBackups.requireDeletable(backup);
        found.add(backup);
      }
      if (confirmation.isGiven()) {
        for (BackupArn arn : wanted) {
          backups(session, clients, arn).delete(arn);
        }
      }
      session.output().show(new DeletedView(found, confirmation.isGiven()));
      return ExitStatus.OK;
    }
  }

  private static OnDemandBackups backups(Session session, RegionClients clients, BackupArn arn) {
    return new OnDemandBackups(
        clients.in(arn.region()).dynamoDb(), session.wiring().calls(new StopSignal()));
  }

  private static void requireNotRecorded(Optional<Boolean> recorded, BackupArn arn) {
    if (recorded.orElse(false)) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_EXISTS,
          "unable to delete backup '" + arn + "': it is a recovery point of this vault",
          "delete it with its record: dynavault delete " + arn.id());
    }
  }

  private record DeletedView(List<BackupInfo> backups, boolean done) implements View {
    @Override
    public void text(Page page) {
      TextTable table = TextTable.of(done ? "DELETED" : "TO DELETE", "NAME", "CREATED", ">SIZE");
      for (BackupInfo backup : backups) {
        table.row(
            backup.arn().text(),
            backup.name(),
            TimeText.moment(backup.created()),
            BackupText.size(backup));
      }
      page.table(table);
      Confirmation.remind(page, done);
    }

    @Override
    public JsonNode json() {
      ObjectNode json = Json.object().put("done", done);
      ArrayNode array = json.putArray("backups");
      backups.forEach(backup -> array.add(BackupText.json(backup, Optional.empty())));
      return json;
    }
  }
}
