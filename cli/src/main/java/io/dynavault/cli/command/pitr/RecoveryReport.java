// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.pitr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.pitr.RecoveryStatus;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.job.Outcome;
import java.util.Comparator;
import java.util.List;

/** Prints the recovery of several tables, those without it first. */
final class RecoveryReport {
  private RecoveryReport() {}

  static ExitStatus print(Output output, List<Outcome<RecoveryStatus>> outcomes) {
    List<RecoveryStatus> tables = tables(outcomes);
    if (output.isJson()) {
      tables.forEach(status -> output.event(MessageType.ITEM, json(status)));
    } else if (!tables.isEmpty()) {
      output.page().table(text(tables));
    }
    long without = tables.stream().filter(status -> !status.isOn()).count();
    ObjectNode summary = Json.object().put("tables", tables.size()).put("unprotected", without);
    return Outcomes.report(output, Outcomes.Subject.TABLE, outcomes, summary);
  }

  static List<RecoveryStatus> tables(List<Outcome<RecoveryStatus>> outcomes) {
    return outcomes.stream()
        .flatMap(outcome -> outcome.result().stream())
        .sorted(Comparator.comparing(RecoveryStatus::isOn).thenComparing(RecoveryStatus::tableName))
        .toList();
  }

  static TextTable text(List<RecoveryStatus> tables) {
    TextTable table = TextTable.of("TABLE", "RECOVERY", ">DAYS", "EARLIEST", "LATEST");
    for (RecoveryStatus status : tables) {
      if (status.window().isPresent()) {
        RecoveryStatus.Window window = status.window().get();
        table.row(
            status.tableName(),
            "on",
            String.valueOf(window.days()),
            TimeText.moment(window.earliest()),
            TimeText.moment(window.latest()));
      } else {
        table.row(status.tableName(), "OFF", "-", "-", "-");
      }
    }
    return table;
  }

  static ObjectNode json(RecoveryStatus status) {
    ObjectNode json =
        Json.object().put("tableName", status.tableName()).put("enabled", status.isOn());
    status
        .window()
        .ifPresent(
            window ->
                json.put("recoveryPeriodInDays", window.days())
                    .put("earliest", Json.time(window.earliest()))
                    .put("latest", Json.time(window.latest())));
    return json;
  }
}
