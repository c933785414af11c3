// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.ondemand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.ondemand.BackupFilter;
import io.dynavault.aws.ondemand.BackupInfo;
import io.dynavault.aws.ondemand.OnDemandBackups;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.TimeConverter;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.NamePattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists on-demand backups. */
@Command(
    name = "list",
    description = {
      "Lists on-demand backups at AWS, the newest first.",
      "Also those of tables that are gone. With --vault it says which of them are recorded there."
    })
@CommandTraits(
    examples = {
      "dynavault on-demand list --table orders --vault s3://my-backups/vault",
      "# what AWS has kept of deleted tables",
      "dynavault on-demand list --type system --from 2026-11-01T00:00:00Z"
    },
    exits = {ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class OnDemandListCommand implements CliCommand {
  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description = "only of this table; * and ? are wildcards")
  private @Nullable String table;

  @Option(
      names = "--type",
      paramLabel = "user|system|aws_backup|all",
      defaultValue = "ALL",
      description = "made by whom (default all)")
  private BackupFilter.Types type = BackupFilter.Types.ALL;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "only those made at this time or later, such as 2026-11-21T09:30:00Z")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "only those made before this time")
  private @Nullable Instant to;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    NamePattern pattern = new NamePattern(table == null ? "*" : table);
    BackupFilter filter =
        new BackupFilter(
            Optional.ofNullable(table).filter(name -> pattern.isName()),
            type,
            Optional.ofNullable(from),
            Optional.ofNullable(to));
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint());
        RecordedBackups recorded = RecordedBackups.of(session)) {
      List<BackupInfo> found =
          new ArrayList<>(
              new OnDemandBackups(clients.dynamoDb(), session.wiring().calls(new StopSignal()))
                  .list(filter));
      found.removeIf(backup -> !pattern.matches(backup.tableName()));
      Collections.reverse(found);
      List<Listed> listed =
          found.stream().map(backup -> new Listed(backup, recorded.has(backup.arn()))).toList();
      session.output().show(new ListView(listed, session.now()));
      return ExitStatus.OK;
    }
  }

  private record Listed(BackupInfo backup, Optional<Boolean> recorded) {}

  private record ListView(List<Listed> backups, Instant now) implements View {
    @Override
    public void text(Page page) {
      if (backups.isEmpty()) {
        page.line("no on-demand backups");
        return;
      }
      TextTable table =
          TextTable.of("TABLE", ">AGE", ">SIZE", "STATUS", "TYPE", "RECORDED", "NAME", "BACKUP");
      for (Listed listed : backups) {
        BackupInfo backup = listed.backup();
        table.row(
            backup.tableName(),
            TimeText.age(backup.created(), now),
            BackupText.size(backup),
            BackupText.words(backup.status()),
            BackupText.words(backup.type()),
            BackupText.recorded(listed.recorded()),
            backup.name(),
            backup.arn().text());
      }
      page.table(table);
    }

    @Override
    public JsonNode json() {
      ObjectNode json = Json.object();
      ArrayNode array = json.putArray("backups");
      backups.forEach(listed -> array.add(BackupText.json(listed.backup(), listed.recorded())));
      return json;
    }
  }
}
