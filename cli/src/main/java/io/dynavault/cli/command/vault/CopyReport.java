// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.TextTable;
import io.dynavault.core.copy.CopyPlan;
import io.dynavault.core.copy.CopyResult;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;
import java.util.List;

/** Prints how a copy ended. */
final class CopyReport {
  private final Output output;
  private final RunNotice notice;

  CopyReport(Output output, RunNotice notice) {
    this.output = output;
    this.notice = notice;
  }

  ExitStatus print(List<Outcome<CopyResult>> outcomes) {
    List<CopyResult> results =
        outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
    if (output.isJson()) {
      results.forEach(this::event);
    } else if (outcomes.isEmpty()) {
      output.page().line("no recovery points");
    } else if (!results.isEmpty()) {
      output.page().table(table(results));
    }
    long bytes = results.stream().mapToLong(CopyResult::bytesCopied).sum();
    notice.ended(outcomes.stream().map(CopyReport::line).toList());
    return Outcomes.report(
        output,
        Outcomes.Subject.RECOVERY_POINT,
        outcomes,
        () -> notice.tellIn(Json.object().put("copiedBytes", bytes)));
  }

  /** A recovery point that could not be copied is known by its id. */
  private static TableLine line(Outcome<CopyResult> outcome) {
    return outcome
        .result()
        .map(
            copied ->
                TableLine.of(copied.point().tableName(), Result.SUCCESS)
                    .withRecoveryPoint(copied.point().id().value())
                    .withStoredBytes(copied.bytesCopied()))
        .orElseGet(
            () ->
                TableLine.failed(outcome.subject(), outcome.failure().orElseThrow())
                    .withRecoveryPoint(outcome.subject()));
  }

  private static TextTable table(List<CopyResult> results) {
    TextTable table = TextTable.of("TABLE", "RECOVERY POINT", ">FILES", ">COPIED", "RESULT");
    for (CopyResult result : results) {
      table.row(
          result.point().tableName(),
          result.point().id().value(),
          Counts.text(result.filesCopied()),
          ByteSize.text(result.bytesCopied()),
          result.action() == CopyPlan.Action.SKIP ? "was there" : "copied");
    }
    return table;
  }

  private void event(CopyResult result) {
    output.event(
        MessageType.ITEM,
        Json.object()
            .put("recoveryPointId", result.point().id().value())
            .put("tableName", result.point().tableName())
            .put("action", result.action().name())
            .put("copiedFiles", result.filesCopied())
            .put("copiedBytes", result.bytesCopied()));
  }
}
