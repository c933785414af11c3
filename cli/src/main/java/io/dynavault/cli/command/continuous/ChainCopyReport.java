// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.TextTable;
import io.dynavault.core.chaincopy.ChainCopyPlan;
import io.dynavault.core.chaincopy.ChainCopyResult;
import io.dynavault.core.copy.CopyResult;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;
import java.util.ArrayList;
import java.util.List;

/** Prints how a copy of continuous backups ended. */
final class ChainCopyReport {
  private final Output output;
  private final RunNotice notice;

  ChainCopyReport(Output output, RunNotice notice) {
    this.output = output;
    this.notice = notice;
  }

  ExitStatus print(ChainCopyPlan plan, List<Outcome<ChainCopyResult>> outcomes) {
    List<ChainCopyResult> results =
        outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
    if (output.isJson()) {
      results.forEach(result -> output.event(MessageType.ITEM, json(result)));
    } else if (outcomes.isEmpty()) {
      output.page().line("no table has a continuous backup in this vault");
    } else if (!results.isEmpty()) {
      output.page().table(table(results));
    }
    long bytes = results.stream().mapToLong(ChainCopyResult::bytes).sum();
    notice.ended(lines(plan, outcomes));
    return Outcomes.report(
        output,
        Outcomes.Subject.CHAIN,
        outcomes,
        () -> notice.tellIn(Json.object().put("copiedBytes", bytes)));
  }

  private static List<TableLine> lines(
      ChainCopyPlan plan, List<Outcome<ChainCopyResult>> outcomes) {
    List<TableLine> lines = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      String table = plan.steps().get(i).tableName();
      Outcome<ChainCopyResult> outcome = outcomes.get(i);
      lines.add(
          outcome
              .result()
              .map(copied -> TableLine.of(table, Result.SUCCESS).withStoredBytes(copied.bytes()))
              .orElseGet(() -> TableLine.failed(table, outcome.failure().orElseThrow())));
    }
    return lines;
  }

  private static TextTable table(List<ChainCopyResult> results) {
    TextTable table = TextTable.of("TABLE", "CHAIN", ">COMMITS", ">FILES", ">COPIED", "RESULT");
    for (ChainCopyResult result : results) {
      table.row(
          result.tableName(),
          result.chain().value(),
          Counts.text(result.volume().commits()),
          Counts.text(files(result)),
          ByteSize.text(result.bytes()),
          text(result));
    }
    return table;
  }

  private static String text(ChainCopyResult result) {
    return switch (result.action()) {
      case COPY -> "copied";
      case EXPIRED -> "has expired there";
      case SKIP, REFUSE -> "was there";
    };
  }

  /** Change files, and those of bases. */
  private static long files(ChainCopyResult result) {
    return result.volume().files()
        + result.bases().stream().mapToLong(CopyResult::filesCopied).sum();
  }

  private static ObjectNode json(ChainCopyResult result) {
    ObjectNode json =
        Json.object()
            .put("tableName", result.tableName())
            .put("chain", result.chain().value())
            .put("action", result.action().name())
            .put("copiedCommits", result.volume().commits())
            .put("copiedFiles", files(result))
            .put("copiedBytes", result.bytes());
    ArrayNode bases = json.putArray("bases");
    result.bases().forEach(base -> bases.add(base.point().id().value()));
    return json;
  }
}
