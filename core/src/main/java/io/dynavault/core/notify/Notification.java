// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a run on one or several tables has ended.
 *
 * @param outcome of the run as a whole
 * @param vault name or location; empty where the run has none
 * @param tables those that failed first
 * @param failure what ended the run as a whole, where that was it and not its tables
 * @param toolVersion version of Dynavault
 */
public record Notification(
    Operation operation,
    Result outcome,
    Optional<String> vault,
    List<TableLine> tables,
    Optional<Failure> failure,
    Instant started,
    Duration duration,
    String toolVersion) {

  /** What ran. */
  public enum Operation {
    BACKUP("backup"),
    RESTORE("restore"),
    RESTORE_TEST("restore test"),
    IMPORT("import"),
    COPY("copy"),
    CONTINUOUS("continuous backup"),
    CLEANUP("cleanup"),
    /** Nothing: somebody wants to see whether notifications arrive. */
    NOTIFY_TEST("test message");

    private final String text;

    Operation(String text) {
      this.text = text;
    }

    /** In words. */
    public String text() {
      return text;
    }
  }

  /** How a run, or the work on one table, has ended; in the order in which it is told. */
  public enum Result {
    FAILURE,
    /** Some of it is done. */
    PARTIAL,
    SUCCESS
  }

  public Notification {
    requireNonNull(operation, "operation is null");
    requireNonNull(outcome, "outcome is null");
    requireNonNull(vault, "vault is null");
    tables = tables.stream().sorted(Comparator.comparing(TableLine::outcome)).toList();
    requireNonNull(failure, "failure is null");
    requireNonNull(started, "started is null");
    requireNonNull(duration, "duration is null");
    requireNonNull(toolVersion, "toolVersion is null");
  }

  /** What all notifications of one run have in common. */
  public record Run(
      Operation operation,
      Optional<String> vault,
      Instant started,
      Duration duration,
      String toolVersion) {
    public Run {
      requireNonNull(operation, "operation is null");
      requireNonNull(vault, "vault is null");
      requireNonNull(started, "started is null");
      requireNonNull(duration, "duration is null");
      requireNonNull(toolVersion, "toolVersion is null");
    }
  }

  /** Of a run that has come to its end: its outcome follows from those of the tables. */
  public static Notification of(Run run, List<TableLine> tables) {
    return create(run, outcome(tables), tables, Optional.empty());
  }

  /** Of a run that was ended by a failure; some tables may have been done. */
  public static Notification failed(Run run, List<TableLine> tables, Failure failure) {
    return create(run, Result.FAILURE, tables, Optional.of(failure));
  }

  /** How many of the tables have ended so. */
  public long count(Result result) {
    return tables.stream().filter(table -> table.outcome() == result).count();
  }

  private static Notification create(
      Run run, Result outcome, List<TableLine> tables, Optional<Failure> failure) {
    return new Notification(
        run.operation(),
        outcome,
        run.vault(),
        tables,
        failure,
        run.started(),
        run.duration(),
        run.toolVersion());
  }

  private static Result outcome(List<TableLine> tables) {
    if (tables.stream().allMatch(table -> table.outcome() == Result.SUCCESS)) {
      return Result.SUCCESS;
    }
    return tables.stream().allMatch(table -> table.outcome() == Result.FAILURE)
        ? Result.FAILURE
        : Result.PARTIAL;
  }
}
