// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.metrics;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The figures of a run, a line for each table. Every figure is published for all tables together
 * (with the dimensions of the run, such as the environment), by table, and by vault and table.
 *
 * @param newest when the newest recovery point of each table was begun that was asked for; empty
 *     where a table has none
 * @param dimensions of the run
 */
public record RunMetrics(
    Notification run, Map<String, Optional<Instant>> newest, Map<String, String> dimensions) {
  private static final String TABLE = "TableName";
  private static final String VAULT = "Vault";

  public RunMetrics {
    requireNonNull(run, "run is null");
    newest = Map.copyOf(newest);
    dimensions = Map.copyOf(dimensions);
  }

  /** Lines in the embedded metric format, without line breaks. */
  public List<String> lines(Instant now) {
    List<String> lines = new ArrayList<>();
    for (TableLine table : run.tables()) {
      EmfLine line = line(now, table.tableName());
      outcome(line, table.outcome());
      if (run.operation() == Operation.BACKUP) {
        figures(line, table);
      }
      age(line, table.tableName(), now);
      lines.add(line.toString());
    }
    newest.keySet().stream()
        .filter(table -> run.tables().stream().noneMatch(l -> l.tableName().equals(table)))
        .sorted()
        .forEach(table -> lines.add(age(line(now, table), table, now).toString()));
    if (run.failure().isPresent() && run.count(Result.FAILURE) == 0) {
      EmfLine whole = new EmfLine(now, dimensions, List.of(List.copyOf(dimensions.keySet())));
      lines.add(outcome(whole, Result.FAILURE).toString());
    }
    return lines;
  }

  private EmfLine line(Instant now, String table) {
    Map<String, String> values = new TreeMap<>(dimensions);
    List<List<String>> sets = new ArrayList<>();
    sets.add(List.copyOf(dimensions.keySet()));
    sets.add(List.of(TABLE));
    values.put(TABLE, table);
    run.vault()
        .ifPresent(
            vault -> {
              sets.add(List.of(VAULT, TABLE));
              values.put(VAULT, vault);
            });
    return new EmfLine(now, values, sets);
  }

  /** A table of which only a part is done counts as failed: somebody has to look. */
  private EmfLine outcome(EmfLine line, Result result) {
    String what =
        switch (run.operation()) {
          case BACKUP -> "Backup";
          case RESTORE -> "Restore";
          case RESTORE_TEST -> "RestoreTest";
          case IMPORT -> "Import";
          case COPY -> "Copy";
          case CONTINUOUS -> "Continuous";
          case CLEANUP -> "Cleanup";
          case NOTIFY_TEST -> "NotifyTest";
        };
    boolean success = result == Result.SUCCESS;
    return line.property("Operation", run.operation().name())
        .property("Outcome", result.name())
        .metric(what + "Successes", "Count", success ? 1 : 0)
        .metric(what + "Failures", "Count", success ? 0 : 1);
  }

  private static void figures(EmfLine line, TableLine table) {
    table.recoveryPoint().ifPresent(id -> line.property("RecoveryPointId", id));
    table.items().ifPresent(items -> line.metric("ItemCount", "Count", items));
    table.bytes().ifPresent(bytes -> line.metric("ItemBytes", "Bytes", bytes));
    table.storedBytes().ifPresent(bytes -> line.metric("StoredBytes", "Bytes", bytes));
    table
        .duration()
        .ifPresent(took -> line.metric("DurationSeconds", "Seconds", took.toMillis() / 1000.0));
  }

  /** A table without any recovery point has no age; it is counted, because an alarm must see it. */
  private EmfLine age(EmfLine line, String table, Instant now) {
    Optional<Instant> time = newest.get(table);
    if (time == null) {
      return line;
    }
    time.ifPresent(
        begun ->
            line.metric(
                "NewestRecoveryPointAge",
                "Seconds",
                Math.max(0, Duration.between(begun, now).toMillis() / 1000.0)));
    return line.metric("TablesWithoutRecoveryPoint", "Count", time.isPresent() ? 0 : 1);
  }
}
