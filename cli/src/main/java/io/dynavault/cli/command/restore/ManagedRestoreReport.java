// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.restore.ManagedRestoreResult;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.validate.ValidationResult;
import java.util.List;

/** Prints how the restores that AWS has made ended. */
final class ManagedRestoreReport {
  private final Output output;
  private final RunNotice notice;

  ManagedRestoreReport(Output output, RunNotice notice) {
    this.output = output;
    this.notice = notice;
  }

  ExitStatus print(List<Outcome<ManagedTableRestore>> outcomes) {
    List<ManagedTableRestore> restores =
        outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
    if (output.isJson()) {
      restores.forEach(restore -> output.event(MessageType.ITEM, item(restore)));
    } else if (!restores.isEmpty()) {
      text(restores);
    }
    notice.ended(outcomes.stream().map(ManagedRestoreReport::line).toList());
    ExitStatus status =
        Outcomes.report(
            output, Outcomes.Subject.TABLE, outcomes, () -> notice.tellIn(Json.object()));
    if (!restores.stream().allMatch(restore -> restore.result().complete())) {
      return ExitStatus.INCOMPLETE;
    }
    boolean passed = restores.stream().allMatch(ManagedRestoreReport::passed);
    return status == ExitStatus.OK && !passed ? ExitStatus.DAMAGED : status;
  }

  private void text(List<ManagedTableRestore> restores) {
    Page page = output.page();
    TextTable table = TextTable.of("TABLE", "FROM", ">TOOK");
    for (ManagedTableRestore restore : restores) {
      ManagedRestoreResult result = restore.result();
      table.row(result.tableName(), result.source(), TimeText.span(result.duration()));
    }
    page.table(table);
    for (ManagedTableRestore restore : restores) {
      ManagedRestoreResult result = restore.result();
      if (!result.settings().isEmpty()) {
        page.line("settings of %s: %s", result.tableName(), SettingsText.line(result.settings()));
      }
      restore.validation().ifPresent(found -> page.line("%s", ValidationText.line(found)));
    }
    for (ManagedTableRestore restore : restores) {
      SettingsText.explain(output, restore.result().tableName(), restore.result().settings());
    }
  }

  private static boolean passed(ManagedTableRestore restore) {
    return restore.validation().map(ValidationResult::passed).orElse(true);
  }

  private static TableLine line(Outcome<ManagedTableRestore> outcome) {
    return outcome
        .result()
        .map(ManagedRestoreReport::line)
        .orElseGet(() -> TableLine.failed(outcome.subject(), outcome.failure().orElseThrow()));
  }

  private static TableLine line(ManagedTableRestore restore) {
    ManagedRestoreResult result = restore.result();
    boolean complete = result.complete();
    Result outcome =
        passed(restore) ? (complete ? Result.SUCCESS : Result.PARTIAL) : Result.FAILURE;
    TableLine line = TableLine.of(result.tableName(), outcome).withDuration(result.duration());
    if (!passed(restore)) {
      return line.withFailure(
          new Failure(ErrorCode.DAMAGED.name(), "the table is not what its source is", ""));
    }
    return complete
        ? line
        : line.withFailure(
            new Failure(
                ErrorCode.INCOMPLETE.name(),
                "not all settings could be put back",
                ErrorCode.INCOMPLETE.hint()));
  }

  private static ObjectNode item(ManagedTableRestore restore) {
    ManagedRestoreResult result = restore.result();
    ObjectNode item =
        Json.object()
            .put("tableName", result.tableName())
            .put("source", result.source())
            .put("durationSeconds", Json.seconds(result.duration()));
    item.set("settings", SettingsText.json(result.settings()));
    ArrayNode notes = item.putArray("notes");
    result.notes().forEach(notes::add);
    restore.validation().ifPresent(found -> item.set("validation", ValidationJson.of(found)));
    return item;
  }
}
