// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.backup.BackupResult;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.vault.RecoveryPoint;
import java.util.List;

/** Prints how the backups of several tables ended. */
final class BackupReport {
  private final Output output;

  BackupReport(Output output) {
    this.output = output;
  }

  ExitStatus print(List<Outcome<BackupResult>> outcomes) {
    List<BackupResult> results =
        outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
    if (output.isJson()) {
      results.forEach(result -> output.event(MessageType.ITEM, item(result)));
    } else if (!results.isEmpty()) {
      output.page().table(table(results));
      results.forEach(result -> result.notes().forEach(output::warning));
    }
    return Outcomes.report(output, Outcomes.Subject.TABLE, outcomes, summary(results));
  }

  private static TextTable table(List<BackupResult> results) {
    TextTable table =
        TextTable.of(
            "TABLE", "RECOVERY POINT", ">ITEMS", ">SIZE", ">STORED", ">READ UNITS", ">TOOK");
    for (BackupResult result : results) {
      RecoveryPoint point = result.recoveryPoint();
      table.row(
          point.tableName(),
          point.id().value(),
          Counts.text(point.export().itemCount()),
          ByteSize.text(point.export().itemBytes()),
          ByteSize.text(point.storedBytes()),
          Counts.text(Math.round(result.readUnits())),
          TimeText.span(result.duration()));
    }
    return table;
  }

  private static ObjectNode item(BackupResult result) {
    RecoveryPoint point = result.recoveryPoint();
    ObjectNode item =
        Json.object()
            .put("tableName", point.tableName())
            .put("recoveryPointId", point.id().value())
            .put("itemCount", point.export().itemCount())
            .put("itemBytes", point.export().itemBytes())
            .put("storedBytes", point.storedBytes())
            .put("readUnits", result.readUnits())
            .put("throttles", result.throttles())
            .put("resumedFiles", result.resumedFiles())
            .put("durationSeconds", Json.seconds(result.duration()));
    ArrayNode notes = item.putArray("notes");
    result.notes().forEach(notes::add);
    return item;
  }

  private static ObjectNode summary(List<BackupResult> results) {
    return Json.object()
        .put(
            "itemCount",
            results.stream().mapToLong(r -> r.recoveryPoint().export().itemCount()).sum())
        .put(
            "itemBytes",
            results.stream().mapToLong(r -> r.recoveryPoint().export().itemBytes()).sum())
        .put("storedBytes", results.stream().mapToLong(r -> r.recoveryPoint().storedBytes()).sum());
  }
}
