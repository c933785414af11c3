// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.cleanup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.expire.ExpireResult;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is told of the deleted backups. */
record CleanupReport(BackupNames names, ExpireResult result) {
  CleanupReport {
    requireNonNull(names, "names is null");
    requireNonNull(result, "result is null");
  }

  /** Name, ARN and age of a backup. */
  ObjectNode describe(CatalogEntry entry, Instant now) {
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
    Map<String, Integer> deleted = new TreeMap<>();
    result.removed().forEach(entry -> deleted.merge(entry.tableName(), 1, Integer::sum));
    List<TableLine> lines = new ArrayList<>();
    deleted.forEach(
        (table, count) ->
            lines.add(
                TableLine.of(table, Notification.Result.SUCCESS)
                    .withNote(count + (count == 1 ? " backup deleted" : " backups deleted"))));
    result
        .failed()
        .forEach(one -> lines.add(TableLine.failed(one.entry().tableName(), one.reason())));
    return lines;
  }
}
