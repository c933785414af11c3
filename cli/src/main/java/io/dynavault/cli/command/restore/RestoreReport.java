// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.restore.RestoreResult;
import io.dynavault.core.table.SettingOutcome;
import java.util.List;

/** Prints how the restores of several tables ended. */
final class RestoreReport {
  private final Output output;

  RestoreReport(Output output) {
    this.output = output;
  }

  ExitStatus print(List<Outcome<RestoreResult>> outcomes) {
    List<RestoreResult> results =
        outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
    if (output.isJson()) {
      results.forEach(result -> output.event(MessageType.ITEM, item(result)));
    } else if (!results.isEmpty()) {
      output.page().table(table(results));
      results.forEach(this::warnOfSettings);
    }
    ExitStatus status = Outcomes.report(output, Outcomes.Subject.TABLE, outcomes, summary(results));
    boolean complete = results.stream().allMatch(RestoreResult::complete);
    return complete ? status : ExitStatus.INCOMPLETE;
  }

  private static TextTable table(List<RestoreResult> results) {
    TextTable table =
        TextTable.of(
            "TABLE",
            ">WRITTEN",
            ">UNCHANGED",
            ">SKIPPED",
            ">FILTERED",
            ">FAILED",
            ">DELETED",
            ">WRITE UNITS",
            ">TOOK");
    for (RestoreResult result : results) {
      table.row(
          result.tableName(),
          Counts.text(result.written()),
          Counts.text(result.unchanged()),
          Counts.text(result.skipped()),
          Counts.text(result.filtered()),
          Counts.text(result.failed()),
          Counts.text(result.deleted()),
          Counts.text(Math.round(result.writeUnits())),
          TimeText.span(result.duration()));
    }
    return table;
  }

  private void warnOfSettings(RestoreResult result) {
    for (SettingOutcome setting : result.settings()) {
      String what = "%s of table '%s'".formatted(setting.setting().text(), result.tableName());
      String reason = setting.reason().map(text -> ": " + text).orElse("");
      switch (setting.result()) {
        case APPLIED -> output.detail("put back " + what + reason);
        case NOT_SUPPORTED -> output.detail("this endpoint has no " + what + reason);
        case NOT_KNOWN -> output.detail("not known when it was backed up: " + what + reason);
        case FAILED -> output.warning("unable to put back " + what + reason);
      }
    }
  }

  private static ObjectNode item(RestoreResult result) {
    ObjectNode item =
        counts(Json.object().put("tableName", result.tableName()), List.of(result))
            .put("writeUnits", result.writeUnits())
            .put("throttles", result.throttles())
            .put("durationSeconds", Json.seconds(result.duration()));
    ArrayNode settings = item.putArray("settings");
    for (SettingOutcome setting : result.settings()) {
      ObjectNode node =
          settings
              .addObject()
              .put("setting", setting.setting().text())
              .put("result", setting.result().name());
      setting.reason().ifPresent(reason -> node.put("reason", reason));
    }
    return item;
  }

  private static ObjectNode summary(List<RestoreResult> results) {
    return counts(Json.object(), results);
  }

  private static ObjectNode counts(ObjectNode json, List<RestoreResult> results) {
    return json.put("readItems", results.stream().mapToLong(RestoreResult::read).sum())
        .put("writtenItems", results.stream().mapToLong(RestoreResult::written).sum())
        .put("unchangedItems", results.stream().mapToLong(RestoreResult::unchanged).sum())
        .put("skippedItems", results.stream().mapToLong(RestoreResult::skipped).sum())
        .put("filteredItems", results.stream().mapToLong(RestoreResult::filtered).sum())
        .put("failedItems", results.stream().mapToLong(RestoreResult::failed).sum())
        .put("deletedItems", results.stream().mapToLong(RestoreResult::deleted).sum());
  }
}
