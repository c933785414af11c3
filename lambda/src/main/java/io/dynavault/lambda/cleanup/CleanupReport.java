// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.cleanup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.expire.ExpireResult;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.lambda.host.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is told of the deleted backups, and of expired changes. */
record CleanupReport(BackupNames names, ExpireResult result) {
  CleanupReport {
    requireNonNull(names, "names is null");
    requireNonNull(result, "result is null");
  }

  Answer answer(CleanupSettings settings, Instant now) {
    ExpiredChanges changes = changes();
    long deleted = result.removed().size();
    long failed = result.failed().size() + changes.failed();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("environment", settings.environment());
    body.put("retention_days", settings.retentionDays());
    body.put("window_days", settings.windowDays());
    body.put("total_deleted", deleted);
    body.put("total_failed", failed);
    body.put("total_protected", result.held().size() + changes.held());
    ArrayNode points = body.putArray("deleted");
    result.removed().forEach(entry -> points.add(describe(entry, now)));
    body.set("failed", describe(result.failed(), now));
    body.set("protected", describe(result.held(), now));
    body.set("expired_changes", changes.json());
    return new Answer(Answer.statusCode(deleted + changes.done(), failed), body);
  }

  private ExpiredChanges changes() {
    return new ExpiredChanges(result.chains());
  }

  private ArrayNode describe(List<ExpireResult.NotRemoved> kept, Instant now) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    kept.forEach(one -> array.add(Answer.describe(one.reason(), describe(one.entry(), now))));
    return array;
  }

  /** Name, ARN and age of a backup. */
  private ObjectNode describe(CatalogEntry entry, Instant now) {
    RecoveryPoint point = entry.point();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("table_name", entry.tableName());
    json.put("name", names.of(point).orElse(entry.id().value()));
    json.put("arn", arn(point));
    json.put("method", point.method().name());
    json.put("age_days", Duration.between(point.startTime(), now).toDays());
    return json;
  }

  private static String arn(RecoveryPoint point) {
    if (point.content() instanceof ManagedBackup backup) {
      return backup.arn();
    }
    return point.method() == Method.EXPORT
        ? point.table().tableArn() + "/export/" + point.id()
        : "";
  }

  /** A line for each table of which something was or should have been deleted. */
  List<TableLine> lines() {
    Map<String, List<String>> done = new TreeMap<>();
    Map<String, Long> deleted = new TreeMap<>();
    result.removed().forEach(entry -> deleted.merge(entry.tableName(), 1L, Long::sum));
    deleted.forEach((table, count) -> note(done, table, count, "backup", "deleted"));
    changes()
        .filesByTable()
        .forEach((table, count) -> note(done, table, count, "change file", "expired"));
    List<TableLine> lines = new ArrayList<>();
    done.forEach(
        (table, notes) ->
            lines.add(
                TableLine.of(table, Notification.Result.SUCCESS)
                    .withNote(String.join(", ", notes))));
    result
        .failed()
        .forEach(one -> lines.add(TableLine.failed(one.entry().tableName(), one.reason())));
    lines.addAll(changes().failures());
    return lines;
  }

  private static void note(
      Map<String, List<String>> notes, String table, long count, String what, String become) {
    notes
        .computeIfAbsent(table, t -> new ArrayList<>())
        .add("%d %s%s %s".formatted(count, what, count == 1 ? "" : "s", become));
  }
}
