// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.ItemLog;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.restore.RestoreResult;
import io.dynavault.core.validate.ValidationResult;
import java.util.List;

/** Prints how the restores of several tables ended. */
final class RestoreReport {
  private final Output output;
  private final ItemLog items;
  private final RunNotice notice;

  RestoreReport(Output output, ItemLog items, RunNotice notice) {
    this.output = output;
    this.items = items;
    this.notice = notice;
  }

  ExitStatus print(List<Outcome<TableRestore>> outcomes) {
    List<TableRestore> restores =
        outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
    List<RestoreResult> results = restores.stream().map(TableRestore::result).toList();
    if (output.isJson()) {
      restores.forEach(restore -> output.event(MessageType.ITEM, item(restore)));
    } else if (!results.isEmpty()) {
      Page page = output.page();
      page.table(table(results));
      restores.forEach(restore -> details(page, restore));
      results.forEach(
          result -> SettingsText.explain(output, result.tableName(), result.settings()));
      results.forEach(result -> result.notes().forEach(output::warning));
    }
    notice.ended(outcomes.stream().map(RestoreLine::of).toList());
    ExitStatus status =
        Outcomes.report(
            output, Outcomes.Subject.TABLE, outcomes, () -> notice.tellIn(summary(results)));
    if (!results.stream().allMatch(RestoreResult::complete)) {
      return ExitStatus.INCOMPLETE;
    }
    return status == ExitStatus.OK && !allPassed(restores) ? ExitStatus.DAMAGED : status;
  }

  private static boolean allPassed(List<TableRestore> restores) {
    return restores.stream()
        .flatMap(restore -> restore.validation().stream())
        .allMatch(ValidationResult::passed);
  }

  private void details(Page page, TableRestore restore) {
    RestoreResult result = restore.result();
    String table = result.tableName();
    if (!result.settings().isEmpty()) {
      page.line("settings of %s: %s", table, SettingsText.line(result.settings()));
    }
    if (result.failed() > 0) {
      page.line("%s could not be written to %s", Counts.of(result.failed(), "item"), table);
    }
    restore.validation().ifPresent(validation -> page.line(ValidationText.line(validation)));
    items.print(page, table);
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

  private static ObjectNode item(TableRestore restore) {
    RestoreResult result = restore.result();
    ObjectNode item =
        counts(Json.object().put("tableName", result.tableName()), List.of(result))
            .put("writeUnits", result.writeUnits())
            .put("throttles", result.throttles())
            .put("durationSeconds", Json.seconds(result.duration()));
    item.set("settings", SettingsText.json(result.settings()));
    ArrayNode notes = item.putArray("notes");
    result.notes().forEach(notes::add);
    restore
        .validation()
        .ifPresent(validation -> item.set("validation", ValidationJson.of(validation)));
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
