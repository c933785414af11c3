// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.imports.ImportInfo;
import io.dynavault.aws.imports.Imports;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.NamePattern;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists imports. */
@Command(
    name = "list",
    description = "Lists imports of the last 90 days at AWS, the newest first; also failed ones.")
@CommandTraits(
    examples = {"dynavault imports list", "dynavault imports list --status in_progress"},
    exits = {ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class ImportsListCommand implements CliCommand {
  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description = "only into this table; * and ? are wildcards")
  private String table = "*";

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "only these: in_progress, completed, failed, cancelling or cancelled")
  private ImportInfo.@Nullable Status status;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    NamePattern pattern = new NamePattern(table);
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      List<ImportInfo> found =
          new Imports(clients.dynamoDb(), session.wiring().calls(new StopSignal())).list();
      session
          .output()
          .show(
              new ListView(
                  found.stream()
                      .filter(one -> pattern.matches(one.tableName()))
                      .filter(one -> status == null || one.status() == status)
                      .toList(),
                  session.now()));
      return ExitStatus.OK;
    }
  }

  private record ListView(List<ImportInfo> imports, Instant now) implements View {
    @Override
    public void text(Page page) {
      if (imports.isEmpty()) {
        page.line("no imports");
        return;
      }
      TextTable table = TextTable.of("TABLE", "STATUS", ">AGE", "FORMAT", "FROM", "IMPORT");
      for (ImportInfo one : imports) {
        table.row(
            one.tableName(),
            ImportText.words(one.status()),
            one.started().map(time -> TimeText.age(time, now)).orElse("-"),
            one.format(),
            one.source(),
            one.arn().text());
      }
      page.table(table);
    }

    @Override
    public JsonNode json() {
      ObjectNode json = Json.object();
      ArrayNode array = json.putArray("imports");
      imports.forEach(one -> array.add(ImportText.json(one)));
      return json;
    }
  }
}
