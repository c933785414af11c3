// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.capture.CaptureResult;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;
import java.util.List;

/** Prints how the captures of several tables ended. */
final class CaptureReport {
  private final Output output;
  private final RunNotice notice;

  CaptureReport(Output output, RunNotice notice) {
    this.output = output;
    this.notice = notice;
  }

  ExitStatus print(List<Outcome<CaptureResult>> outcomes) {
    List<CaptureResult> tables =
        outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
    if (output.isJson()) {
      tables.forEach(table -> output.event(MessageType.ITEM, json(table)));
    } else if (!tables.isEmpty()) {
      output.page().table(text(tables));
    }
    notice.ended(outcomes.stream().map(CaptureReport::line).toList());
    ExitStatus status =
        Outcomes.report(
            output, Outcomes.Subject.TABLE, outcomes, () -> notice.tellIn(summary(tables)));
    boolean gap = tables.stream().anyMatch(table -> !table.gaps().isEmpty());
    return status == ExitStatus.OK && gap ? ExitStatus.INCOMPLETE : status;
  }

  private static TextTable text(List<CaptureResult> tables) {
    TextTable text = TextTable.of("TABLE", ">CHANGES", ">COMMITS", "COMPLETE TO", ">GAPS");
    for (CaptureResult table : tables) {
      text.row(
          table.tableName(),
          Counts.text(table.changes().total()),
          Counts.text(table.commits()),
          table.completeTo().map(TimeText::moment).orElse("-"),
          Counts.text(table.gaps().size()));
    }
    return text;
  }

  private static ObjectNode json(CaptureResult table) {
    ObjectNode json = Json.object().put("tableName", table.tableName());
    table.chain().ifPresent(chain -> json.put("chain", chain.value()));
    table.completeTo().ifPresent(time -> json.put("completeTo", Json.time(time)));
    json.put("commits", table.commits())
        .put("inserts", table.changes().inserts())
        .put("modifies", table.changes().modifies())
        .put("removes", table.changes().removes())
        .put("expirations", table.changes().expirations());
    ArrayNode gaps = json.putArray("gaps");
    table.gaps().forEach(gap -> gaps.add(json(gap)));
    return json;
  }

  static ObjectNode json(ChainEnd end) {
    return Json.object()
        .put("chain", end.chain().value())
        .put("reason", end.reason().name())
        .put("detail", end.detail())
        .put("completeTo", Json.time(end.completeTo()));
  }

  private static ObjectNode summary(List<CaptureResult> tables) {
    return Json.object()
        .put("changes", tables.stream().mapToLong(table -> table.changes().total()).sum())
        .put("gaps", tables.stream().mapToLong(table -> table.gaps().size()).sum());
  }

  private static TableLine line(Outcome<CaptureResult> outcome) {
    return outcome
        .result()
        .map(CaptureReport::line)
        .orElseGet(() -> TableLine.failed(outcome.subject(), outcome.failure().orElseThrow()));
  }

  /** Of a gap it was told when it was found; here it is counted. */
  private static TableLine line(CaptureResult table) {
    Result result = table.gaps().isEmpty() ? Result.SUCCESS : Result.PARTIAL;
    TableLine line = TableLine.of(table.tableName(), result);
    return table.gaps().isEmpty()
        ? line
        : line.withNote("the window has gaps: " + table.gaps().size());
  }
}
