// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.notify.Notification.Result;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * A notification for programs; docs/reference/json-output.md describes it. Fields are added, never
 * changed.
 */
public final class NotificationJson {
  private static final int FORMAT_VERSION = 1;

  private NotificationJson() {}

  /** The whole notification. */
  public static ObjectNode of(Notification notification) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("version", FORMAT_VERSION)
            .put("tool", "dynavault")
            .put("toolVersion", notification.toolVersion())
            .put("subject", new NotificationText(notification).subject())
            .put("operation", notification.operation().name())
            .put("outcome", notification.outcome().name());
    notification.vault().ifPresent(vault -> json.put("vault", vault));
    json.put("started", notification.started().truncatedTo(ChronoUnit.MILLIS).toString())
        .put("durationSeconds", seconds(notification.duration()))
        .put("succeeded", notification.count(Result.SUCCESS))
        .put("partial", notification.count(Result.PARTIAL))
        .put("failed", notification.count(Result.FAILURE));
    notification.failure().ifPresent(failure -> add(json, failure));
    ArrayNode tables = json.putArray("tables");
    notification.tables().forEach(table -> tables.add(table(table)));
    return json;
  }

  private static ObjectNode table(TableLine table) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("tableName", table.tableName())
            .put("outcome", table.outcome().name());
    table.recoveryPoint().ifPresent(id -> json.put("recoveryPointId", id));
    table.items().ifPresent(items -> json.put("itemCount", items));
    table.bytes().ifPresent(bytes -> json.put("itemBytes", bytes));
    table.storedBytes().ifPresent(bytes -> json.put("storedBytes", bytes));
    table.duration().ifPresent(duration -> json.put("durationSeconds", seconds(duration)));
    table.note().ifPresent(note -> json.put("note", note));
    table.failure().ifPresent(failure -> add(json, failure));
    return json;
  }

  private static void add(ObjectNode json, Failure failure) {
    json.put("error", failure.error())
        .put("message", failure.message())
        .put("hint", failure.hint());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
