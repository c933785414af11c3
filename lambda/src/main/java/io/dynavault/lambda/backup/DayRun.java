// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.json.JsonFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one request of a day has done.
 *
 * @param backupType what made the backups, such as {@code DYNAMODB_NATIVE_EXPORT}
 * @param ended empty while it goes on
 * @param tables in the order in which they were chosen
 */
public record DayRun(
    String requestId,
    String backupType,
    Instant started,
    Optional<Instant> ended,
    List<TableState> tables) {
  public DayRun {
    requireNonNull(requestId, "requestId is null");
    requireNonNull(backupType, "backupType is null");
    requireNonNull(started, "started is null");
    requireNonNull(ended, "ended is null");
    tables = List.copyOf(tables);
  }

  /** What was done and what was not, of two who do the same: nobody undoes what is complete. */
  DayRun with(TableState state) {
    List<TableState> all = new ArrayList<>();
    for (TableState table : tables) {
      boolean replaced =
          table.tableName().equals(state.tableName())
              && table.status() != TableState.Status.COMPLETED;
      all.add(replaced ? state : table);
    }
    return new DayRun(requestId, backupType, started, ended, all);
  }

  DayRun endedAt(Instant time) {
    return new DayRun(requestId, backupType, started, Optional.of(time), tables);
  }

  long count(TableState.Status status) {
    return tables.stream().filter(table -> table.status() == status).count();
  }

  boolean hasUnfinished() {
    return tables.stream().anyMatch(table -> !table.hasEnded());
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("request_id", requestId);
    json.put("backup_type", backupType);
    json.put("started", started.toString());
    ended.ifPresent(time -> json.put("ended", time.toString()));
    ArrayNode states = json.putArray("tables");
    tables.forEach(table -> states.add(table.toJson()));
    return json;
  }

  static DayRun read(JsonFields json) {
    return new DayRun(
        json.text("request_id"),
        json.text("backup_type"),
        json.time("started"),
        json.optionalTime("ended"),
        json.objects("tables").stream().map(TableState::read).toList());
  }
}
