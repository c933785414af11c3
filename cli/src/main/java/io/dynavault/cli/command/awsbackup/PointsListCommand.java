// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.AwsRecoveryPoint;
import io.dynavault.aws.awsbackup.AwsVault;
import io.dynavault.aws.awsbackup.RecoveryPoints;
import io.dynavault.aws.awsbackup.Vaults;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.table.NamePattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists recovery points. */
@Command(
    name = "list",
    description = "Lists the recovery points of tables in one vault or in all of them.")
@CommandTraits(
    examples = {
      "dynavault aws-backup points list --vault-name main",
      "dynavault aws-backup points list --table 'prod-*' --json"
    },
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class PointsListCommand implements CliCommand {
  @Option(
      names = "--vault-name",
      paramLabel = "NAME",
      description = "only of this vault of AWS Backup")
  private @Nullable String vault;

  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description = "only of this table; * and ? are wildcards")
  private @Nullable String table;

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      RecoveryPoints points = new RecoveryPoints(clients.backup());
      List<String> vaults =
          vault == null
              ? new Vaults(clients.backup()).list().stream().map(AwsVault::name).toList()
              : List.of(vault);
      NamePattern pattern = new NamePattern(table == null ? "*" : table);
      List<AwsRecoveryPoint> found = new ArrayList<>();
      for (String name : vaults) {
        points.ofVault(name).stream()
            .filter(point -> table == null || point.table().map(pattern::matches).orElse(false))
            .forEach(found::add);
      }
      session.output().show(new ListView(found, session.now()));
      return ExitStatus.OK;
    }
  }

  private record ListView(List<AwsRecoveryPoint> points, Instant now) implements View {
    @Override
    public void text(Page page) {
      if (points.isEmpty()) {
        page.line("no recovery points");
        return;
      }
      TextTable lines =
          TextTable.of("TABLE", "VAULT", ">AGE", ">SIZE", "STATUS", "DELETED", "RECOVERY POINT");
      for (AwsRecoveryPoint point : points) {
        lines.row(
            point.table().orElse(""),
            point.vault(),
            point.created().map(time -> TimeText.age(time, now)).orElse(""),
            point.bytes().isPresent() ? ByteSize.text(point.bytes().getAsLong()) : "",
            point.status().toLowerCase(Locale.ROOT),
            point.deleteAt().map(time -> TimeText.age(time, now)).orElse("never"),
            point.arn());
      }
      page.table(lines);
    }

    @Override
    public JsonNode json() {
      ObjectNode json = Json.object();
      ArrayNode array = json.putArray("recoveryPoints");
      points.forEach(point -> array.add(AwsJson.point(point)));
      return json;
    }
  }
}
