// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.ondemand;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.aws.ondemand.Adoption;
import io.dynavault.aws.ondemand.BackupArn;
import io.dynavault.aws.ondemand.OnDemandBackups;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.DurationConverter;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.View;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records an on-demand backup that somebody else has made. */
@Command(
    name = "adopt",
    description = {
      "Records an on-demand backup in the vault, which from then on lists, restores, expires and"
          + " deletes it.",
      "The table's definition is that of the table, if it still is the same one, or else of"
          + " another recovery point of it."
    })
@CommandTraits(
    examples = {
      "dynavault on-demand adopt --vault s3://my-backups/vault --delete-after 35d \\",
      "    arn:aws:dynamodb:eu-west-1:111122223333:table/orders/backup/01489602797149-73d8d5bc"
    },
    exits = {
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
final class OnDemandAdoptCommand implements CliCommand {
  @Parameters(paramLabel = "ARN", description = "ARN of the backup")
  private String arn = "";

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "tag of the recovery point; can be given several times")
  private Map<String, String> tags = Map.of();

  @Option(
      names = "--delete-after",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description = "age at which expire may delete the backup, such as 35d")
  private @Nullable Duration deleteAfter;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    BackupArn wanted = BackupArn.parse(arn);
    try (OpenVault open = session.wiring().openVault();
        RegionClients clients = new RegionClients(AwsClients.of(session.wiring().endpoint()));
        TableClients tables = TableClients.open(clients.in(wanted.region()).endpoint())) {
      Adoption adoption =
          new Adoption(
              open.vault(),
              new OnDemandBackups(tables.dynamoDb(), session.wiring().calls(new StopSignal())),
              new TableDescriber(tables),
              Version.current());
      Adoption.Adopted adopted = adoption.adopt(wanted, tags, Optional.ofNullable(deleteAfter));
      session.output().show(new AdoptedView(adopted));
      return ExitStatus.OK;
    }
  }

  private record AdoptedView(Adoption.Adopted adopted) implements View {
    @Override
    public void text(Page page) {
      RecoveryPoint point = adopted.point();
      page.line(
          "%s",
          switch (adopted.origin()) {
            case RECORD ->
                "recovery point %s of table %s was recorded before"
                    .formatted(point.id(), point.tableName());
            case TABLE ->
                "recorded recovery point %s, with the settings that table %s has now"
                    .formatted(point.id(), point.tableName());
            case RECOVERY_POINT ->
                "recorded recovery point %s, with the settings of another recovery point of table %s"
                    .formatted(point.id(), point.tableName());
          });
    }

    @Override
    public JsonNode json() {
      return Json.object()
          .put("recoveryPointId", adopted.point().id().value())
          .put("tableName", adopted.point().tableName())
          .put("backupArn", ((ManagedBackup) adopted.point().content()).arn())
          .put("definitionFrom", adopted.origin().name());
    }
  }
}
