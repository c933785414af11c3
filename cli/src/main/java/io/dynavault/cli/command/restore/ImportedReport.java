// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.imports.ImportInfo;
import io.dynavault.aws.imports.ImportResult;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.imports.ImportText;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.output.Counts;
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

/** Prints how imports that AWS has made ended. */
public final class ImportedReport {
  private static final String HINT =
      "the table has some of the items only, and not its settings: correct the files, delete the"
          + " table and run it again";

  private final Output output;
  private final RunNotice notice;

  public ImportedReport(Output output, RunNotice notice) {
    this.output = requireNonNull(output, "output is null");
    this.notice = requireNonNull(notice, "notice is null");
  }

  public ExitStatus print(List<Outcome<ImportedTable>> outcomes) {
    List<ImportedTable> imported =
        outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
    if (output.isJson()) {
      imported.forEach(one -> output.event(MessageType.ITEM, item(one)));
    } else if (!imported.isEmpty()) {
      text(imported);
    }
    notice.ended(outcomes.stream().map(ImportedReport::line).toList());
    ExitStatus status =
        Outcomes.report(
            output, Outcomes.Subject.TABLE, outcomes, () -> notice.tellIn(Json.object()));
    if (!imported.stream().allMatch(one -> one.result().complete())) {
      return ExitStatus.INCOMPLETE;
    }
    boolean passed = imported.stream().allMatch(ImportedReport::passed);
    return status == ExitStatus.OK && !passed ? ExitStatus.DAMAGED : status;
  }

  private void text(List<ImportedTable> imported) {
    Page page = output.page();
    TextTable table = TextTable.of("TABLE", "FROM", ">READ", ">IMPORTED", ">ERRORS", ">TOOK");
    for (ImportedTable one : imported) {
      ImportResult result = one.result();
      table.row(
          result.tableName(),
          result.info().source(),
          Counts.text(counts(result).processedItems()),
          Counts.text(counts(result).importedItems()),
          Counts.text(counts(result).errors()),
          TimeText.span(result.duration()));
    }
    page.table(table);
    for (ImportedTable one : imported) {
      ImportResult result = one.result();
      if (!result.settings().isEmpty()) {
        page.line("settings of %s: %s", result.tableName(), SettingsText.line(result.settings()));
      }
      one.validation().ifPresent(found -> page.line("%s", ValidationText.line(found)));
    }
    for (ImportedTable one : imported) {
      ImportResult result = one.result();
      SettingsText.explain(output, result.tableName(), result.settings());
      if (!result.whole()) {
        ImportText.lines(result.info(), result.errors()).forEach(output::error);
        output.failure("table '" + result.tableName() + "' is not complete: " + why(result), HINT);
      }
    }
  }

  private static ImportInfo.Counts counts(ImportResult result) {
    return result.info().counts().orElseThrow();
  }

  private static String why(ImportResult result) {
    return result
        .info()
        .failure()
        .map(failure -> failure.code() + ": " + failure.message())
        .orElse("AWS has ended the import");
  }

  private static boolean passed(ImportedTable one) {
    return one.validation().map(ValidationResult::passed).orElse(true);
  }

  private static TableLine line(Outcome<ImportedTable> outcome) {
    return outcome
        .result()
        .map(ImportedReport::line)
        .orElseGet(() -> TableLine.failed(outcome.subject(), outcome.failure().orElseThrow()));
  }

  private static TableLine line(ImportedTable one) {
    ImportResult result = one.result();
    boolean complete = result.complete();
    Result outcome = passed(one) ? (complete ? Result.SUCCESS : Result.PARTIAL) : Result.FAILURE;
    TableLine line =
        TableLine.of(result.tableName(), outcome)
            .withItems(counts(result).importedItems())
            .withDuration(result.duration());
    if (!passed(one)) {
      return line.withFailure(
          new Failure(ErrorCode.DAMAGED.name(), "the table is not what its source is", ""));
    }
    if (complete) {
      return line;
    }
    return line.withFailure(
        new Failure(
            ErrorCode.INCOMPLETE.name(),
            result.whole() ? "not all settings could be put back" : why(result),
            result.whole() ? ErrorCode.INCOMPLETE.hint() : HINT));
  }

  private static ObjectNode item(ImportedTable one) {
    ImportResult result = one.result();
    ObjectNode item = ImportText.json(result.info(), result.errors());
    item.put("durationSeconds", Json.seconds(result.duration()));
    item.set("settings", SettingsText.json(result.settings()));
    ArrayNode notes = item.putArray("notes");
    result.notes().forEach(notes::add);
    one.validation().ifPresent(found -> item.set("validation", ValidationJson.of(found)));
    return item;
  }
}
