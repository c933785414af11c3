// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.plan.RestoreTest;
import io.dynavault.aws.awsbackup.plan.RestoreTests;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.View;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists restore tests. */
@Command(
    name = "testing",
    description = {
      "Lists the restore tests of AWS Backup and their selections of tables.",
      "They are made and changed by plan documents: see dynavault plan apply."
    })
@CommandTraits(
    examples = {"dynavault aws-backup testing"},
    exits = {ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class TestingCommand implements CliCommand {

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      RestoreTests tests = new RestoreTests(clients.backup());
      session.output().show(new ListView(tests.names().stream().map(tests::describe).toList()));
      return ExitStatus.OK;
    }
  }

  private record ListView(List<RestoreTest> tests) implements View {
    @Override
    public void text(Page page) {
      if (tests.isEmpty()) {
        page.line("no restore tests");
        return;
      }
      TextTable lines =
          TextTable.of("RESTORE TEST", "SCHEDULE", "TIME ZONE", "PICK", "SELECTION", "TABLES");
      for (RestoreTest test : tests) {
        for (RestoreTest.Selection selection : test.selections()) {
          row(lines, test, selection.name(), String.join(", ", selection.resources()));
        }
        if (test.selections().isEmpty()) {
          row(lines, test, "none", "");
        }
      }
      page.table(lines);
    }

    private static void row(TextTable lines, RestoreTest test, String selection, String tables) {
      lines.row(
          test.name(),
          test.schedule().expression(),
          test.schedule().zone(),
          test.pick().text(),
          selection,
          tables);
    }

    @Override
    public JsonNode json() {
      ObjectNode json = Json.object();
      ArrayNode array = json.putArray("restoreTests");
      for (RestoreTest test : tests) {
        ObjectNode node =
            array
                .addObject()
                .put("name", test.name())
                .put("schedule", test.schedule().expression())
                .put("timeZone", test.schedule().zone())
                .put("pick", test.pick().name());
        ArrayNode selections = node.putArray("selections");
        for (RestoreTest.Selection selection : test.selections()) {
          ObjectNode one =
              selections
                  .addObject()
                  .put("name", selection.name())
                  .put("roleArn", selection.role())
                  .put("validationWindowHours", selection.validationWindowHours());
          ArrayNode resources = one.putArray("resources");
          selection.resources().forEach(resources::add);
        }
      }
      return json;
    }
  }
}
