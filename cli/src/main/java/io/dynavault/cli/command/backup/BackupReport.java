// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

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
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredExport;
import java.util.List;
import java.util.OptionalLong;

/** Prints how the backups of several tables ended. */
final class BackupReport {
  private static final String UNKNOWN = "-";

  private final Output output;
  private final RunNotice notice;

  BackupReport(Output output, RunNotice notice) {
    this.output = output;
    this.notice = notice;
  }

  ExitStatus print(List<Outcome<BackedUpTable>> outcomes) {
    List<BackedUpTable> tables =
        outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
    if (output.isJson()) {
      tables.forEach(this::items);
    } else if (!tables.isEmpty()) {
      TextTable text = text(tables);
      if (!text.isEmpty()) {
        output.page().table(text);
      }
      for (BackedUpTable table : tables) {
        table.notes().forEach(note -> output.warning("%s: %s".formatted(table.tableName(), note)));
      }
    }
    notice.ended(outcomes.stream().map(BackupReport::line).toList());
    return Outcomes.report(
        output, Outcomes.Subject.TABLE, outcomes, () -> notice.tellIn(summary(tables)));
  }

  private static TableLine line(Outcome<BackedUpTable> outcome) {
    return outcome
        .result()
        .map(BackupReport::line)
        .orElseGet(() -> TableLine.failed(outcome.subject(), outcome.failure().orElseThrow()));
  }

  /** Of several windows of changes the sum, and the last recovery point. */
  private static TableLine line(BackedUpTable table) {
    TableLine line = TableLine.of(table.tableName(), Result.SUCCESS).withDuration(table.duration());
    for (RecoveryPoint point : table.recoveryPoints()) {
      OptionalLong items = itemCount(point);
      OptionalLong bytes = itemBytes(point);
      line = line.withRecoveryPoint(point.id().value());
      if (items.isPresent() && bytes.isPresent()) {
        line =
            line.withItems(
                line.items().orElse(0) + items.getAsLong(),
                line.bytes().orElse(0) + bytes.getAsLong());
      }
      if (point.content() instanceof StoredExport) {
        line = line.withStoredBytes(line.storedBytes().orElse(0) + point.storedBytes());
      }
    }
    return line;
  }

  private static TextTable text(List<BackedUpTable> tables) {
    TextTable text =
        TextTable.of(
            "TABLE", "RECOVERY POINT", ">ITEMS", ">SIZE", ">STORED", ">READ UNITS", ">TOOK");
    for (BackedUpTable table : tables) {
      for (RecoveryPoint point : table.recoveryPoints()) {
        OptionalLong items = itemCount(point);
        OptionalLong bytes = itemBytes(point);
        text.row(
            point.tableName(),
            point.id().value(),
            items.isPresent() ? Counts.text(items.getAsLong()) : UNKNOWN,
            bytes.isPresent() ? ByteSize.text(bytes.getAsLong()) : UNKNOWN,
            point.content() instanceof StoredExport ? ByteSize.text(point.storedBytes()) : UNKNOWN,
            table
                .reading()
                .map(reading -> Counts.text(Math.round(reading.readUnits())))
                .orElse(UNKNOWN),
            TimeText.span(table.duration()));
      }
    }
    return text;
  }

  /** One line for each recovery point; notes with the first, or alone where there is none. */
  private void items(BackedUpTable table) {
    List<String> notes = table.notes();
    if (table.recoveryPoints().isEmpty()) {
      output.event(
          MessageType.ITEM, withNotes(Json.object().put("tableName", table.tableName()), notes));
    }
    for (RecoveryPoint point : table.recoveryPoints()) {
      output.event(MessageType.ITEM, withNotes(item(table, point), notes));
      notes = List.of();
    }
  }

  private static ObjectNode withNotes(ObjectNode item, List<String> notes) {
    ArrayNode array = item.putArray("notes");
    notes.forEach(array::add);
    return item;
  }

  private static ObjectNode item(BackedUpTable table, RecoveryPoint point) {
    ObjectNode item =
        Json.object()
            .put("tableName", point.tableName())
            .put("recoveryPointId", point.id().value())
            .put("method", point.method().name());
    table.chosenBecause().ifPresent(reason -> item.put("chosenBecause", reason));
    itemCount(point).ifPresent(items -> item.put("itemCount", items));
    itemBytes(point).ifPresent(bytes -> item.put("itemBytes", bytes));
    if (point.content() instanceof StoredExport) {
      item.put("storedBytes", point.storedBytes());
    }
    if (point.content() instanceof ManagedBackup managed) {
      item.put("backupArn", managed.arn());
    }
    table
        .reading()
        .ifPresent(
            reading ->
                item.put("readUnits", reading.readUnits())
                    .put("throttles", reading.throttles())
                    .put("resumedFiles", reading.resumedFiles()));
    return item.put("durationSeconds", Json.seconds(table.duration()));
  }

  private static ObjectNode summary(List<BackedUpTable> tables) {
    List<RecoveryPoint> points =
        tables.stream().flatMap(table -> table.recoveryPoints().stream()).toList();
    return Json.object()
        .put("itemCount", points.stream().mapToLong(p -> itemCount(p).orElse(0)).sum())
        .put("itemBytes", points.stream().mapToLong(p -> itemBytes(p).orElse(0)).sum())
        .put("storedBytes", points.stream().mapToLong(RecoveryPoint::storedBytes).sum());
  }

  private static OptionalLong itemCount(RecoveryPoint point) {
    return point.content() instanceof StoredExport export
        ? OptionalLong.of(export.itemCount())
        : ((ManagedBackup) point.content()).itemCount();
  }

  private static OptionalLong itemBytes(RecoveryPoint point) {
    return point.content() instanceof StoredExport export
        ? OptionalLong.of(export.itemBytes())
        : ((ManagedBackup) point.content()).sizeBytes();
  }
}
