// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.ProtectedTable;
import io.dynavault.aws.awsbackup.RegionSettings;
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

/** Lists protected tables. */
@Command(
    name = "protected",
    description = "Lists the tables that AWS Backup has backed up, with the age of the last one.")
@CommandTraits(
    examples = {"dynavault aws-backup protected"},
    exits = {ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class ProtectedCommand implements CliCommand {

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      List<ProtectedTable> tables = new RegionSettings(clients.backup()).protectedTables();
      session.output().show(new ListView(tables, session.now()));
      return ExitStatus.OK;
    }
  }

  private record ListView(List<ProtectedTable> tables, Instant now) implements View {
    @Override
    public void text(Page page) {
      if (tables.isEmpty()) {
        page.line("no protected tables");
        return;
      }
      TextTable lines = TextTable.of("TABLE", "VAULT", ">LAST BACKUP", "RECOVERY POINT");
      for (ProtectedTable table : tables) {
        lines.row(
            table.name(),
            table.vault().orElse(""),
            table.lastBackup().map(time -> TimeText.age(time, now)).orElse(""),
            table.recoveryPointArn().orElse(""));
      }
      page.table(lines);
    }

    @Override
    public JsonNode json() {
      ObjectNode json = Json.object();
      ArrayNode array = json.putArray("tables");
      for (ProtectedTable table : tables) {
        ObjectNode node =
            array.addObject().put("tableName", table.name()).put("tableArn", table.arn());
        table.vault().ifPresent(vault -> node.put("vault", vault));
        table.lastBackup().ifPresent(time -> node.put("lastBackup", Json.time(time)));
        table.recoveryPointArn().ifPresent(arn -> node.put("recoveryPointArn", arn));
      }
      return json;
    }
  }
}
