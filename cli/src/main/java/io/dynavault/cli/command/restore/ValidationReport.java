// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.output.Json;
import io.dynavault.core.compare.Difference;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.validate.ValidationLevel;
import io.dynavault.core.validate.ValidationResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The file that says what a validation has found; docs/reference/json-output.md describes it. */
final class ValidationReport {
  private static final int FORMAT_VERSION = 1;

  private final Path file;
  private final Instant started;

  private ValidationReport(Path file, Instant started) {
    this.file = requireNonNull(file, "file is null");
    this.started = requireNonNull(started, "started is null");
  }

  /**
   * A report that replaces the file.
   *
   * @throws DynavaultException {@code STORE_FAILED} before anything is restored if it cannot be
   *     written
   */
  static ValidationReport to(Session session, String file) {
    Path path = session.context().workingDirectory().resolve(file);
    ValidationReport report = new ValidationReport(path, session.now());
    report.write(Json.object().put("version", FORMAT_VERSION).put("verdict", "UNFINISHED"));
    return report;
  }

  void write(
      List<? extends Outcome<? extends ValidatedTable>> outcomes, DifferenceList differences) {
    boolean passed =
        outcomes.stream()
            .allMatch(
                outcome ->
                    outcome
                        .result()
                        .flatMap(ValidatedTable::validation)
                        .filter(ValidationResult::passed)
                        .isPresent());
    ObjectNode document =
        Json.object()
            .put("version", FORMAT_VERSION)
            .put("toolVersion", Version.current())
            .put("started", Json.time(started))
            .put("verdict", passed ? "PASSED" : "FAILED");
    ArrayNode tables = document.putArray("tables");
    outcomes.forEach(outcome -> tables.add(table(outcome, differences)));
    write(document);
  }

  private static ObjectNode table(
      Outcome<? extends ValidatedTable> outcome, DifferenceList differences) {
    ObjectNode table = Json.object().put("tableName", outcome.subject());
    outcome
        .failure()
        .ifPresent(
            failure ->
                table
                    .put("verdict", "NOT_VALIDATED")
                    .put("error", failure.code().name())
                    .put("message", failure.getMessage()));
    outcome
        .result()
        .flatMap(ValidatedTable::validation)
        .ifPresent(
            validation -> {
              table.setAll(ValidationJson.of(validation));
              if (!(validation.level() instanceof ValidationLevel.Counts)) {
                addDifferences(table, validation, differences.of(outcome.subject()));
              }
            });
    return table;
  }

  private static void addDifferences(
      ObjectNode table, ValidationResult validation, List<Difference> differences) {
    ArrayNode array = table.putArray("differences");
    differences.forEach(
        difference ->
            array
                .addObject()
                .put("difference", difference.kind().name())
                .put("key", difference.key()));
    long all =
        validation.compared().missing()
            + validation.compared().extra()
            + validation.compared().different();
    table.put("differencesLeftOut", Math.max(0, all - differences.size()));
  }

  private void write(ObjectNode document) {
    try {
      Files.writeString(file, Json.document(document) + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new DynavaultException(
          ErrorCode.STORE_FAILED,
          "unable to write the report of the validation to '" + file + "'",
          "name a file in a folder that exists and is writable",
          e);
    }
  }
}
