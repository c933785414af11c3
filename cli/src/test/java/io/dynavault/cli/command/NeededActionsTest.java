// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.StubbedCli;
import io.dynavault.cli.TestingCli.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands ask of AWS against what {@code deploy/iam/actions.json} says that they need. */
class NeededActionsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "advise, advise --table Orders",
    "cost, cost --table Orders",
    "pitr status, pitr status --table Orders",
    "pitr enable, pitr enable --table Orders",
    "pitr disable, pitr disable --table Orders --confirm",
    "backup --method on-demand, backup --method on-demand --table Orders",
    "on-demand list, on-demand list",
    "on-demand describe, on-demand describe ARN",
    "on-demand delete, on-demand delete ARN --confirm",
    "verify, verify",
    "expire, expire --keep-last 1 --confirm",
    "gc, gc --confirm",
    "delete, delete latest --table Orders --confirm",
    "list, list",
    "describe, describe latest --table Orders",
    "restore (on-demand backup), restore ARN --target-table Restored",
  })
  void areDocumented(String row, String command) throws IOException {
    assertThat(needed(row)).containsAll(asked(command));
  }

  @ParameterizedTest
  @CsvSource({"advise, advise --table Orders", "cost, cost --table Orders"})
  void noneIsDocumentedThatIsNotAskedFor(String row, String command) throws IOException {
    Set<String> needed = needed(row);
    // Beside a server that is not AWS there is no auto scaling; objects are not the stub's.
    needed.removeIf(action -> action.matches("(application-autoscaling|s3):.*"));

    assertThat(asked(command)).isEqualTo(needed);
  }

  private Set<String> asked(String command) {
    try (StubbedCli aws = new StubbedCli(folder)) {
      aws.cli().run("vault", "create");
      assertThat(aws.cli().run("backup", "--method", "on-demand", "--table", "Orders").exitCode())
          .isZero();
      String arn = aws.createBackup("by-hand");
      aws.stub().forgetRequests();

      Outcome outcome = aws.cli().run(command.replace("ARN", arn).split(" "));

      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      return new TreeSet<>(
          aws.stub().calls().stream().map(call -> "dynamodb:" + call).distinct().toList());
    }
  }

  private static Set<String> needed(String row) throws IOException {
    JsonNode file =
        new ObjectMapper().readTree(Path.of("..", "deploy", "iam", "actions.json").toFile());
    List<JsonNode> lines = new ArrayList<>();
    for (JsonNode command : file.path("commands")) {
      if (command.path("command").asText().equals(row)) {
        command
            .path("uses")
            .forEach(set -> file.path("sets").path(set.asText()).forEach(lines::add));
        command.path("actions").forEach(lines::add);
      }
    }
    assertThat(lines).as("row '%s'", row).isNotEmpty();
    Set<String> actions = new TreeSet<>();
    lines.forEach(line -> actions.add(line.asText().split(" on ")[0]));
    return actions;
  }
}
