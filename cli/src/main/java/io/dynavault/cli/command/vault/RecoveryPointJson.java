// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.Json;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredExport;

/** A recovery point as every command prints it with {@code --json}. */
final class RecoveryPointJson {

  private RecoveryPointJson() {}

  static ObjectNode summary(CatalogEntry entry) {
    RecoveryPoint point = entry.point();
    ObjectNode json =
        Json.object()
            .put("recoveryPointId", point.id().value())
            .put("tableName", point.tableName())
            .put("method", point.method().name())
            .put("startTime", Json.time(point.startTime()))
            .put("endTime", Json.time(point.endTime()))
            .put("committed", Json.time(entry.committed()));
    if (point.content() instanceof StoredExport export) {
      putExport(json, export);
    } else {
      putBackup(json, (ManagedBackup) point.content());
    }
    json.put("consistency", point.consistency().name()).put("filtered", point.filtered());
    point.deleteAfter().ifPresent(end -> json.put("deleteAfter", Json.time(end)));
    json.set("tags", Json.texts(point.tags()));
    return json;
  }

  private static void putExport(ObjectNode json, StoredExport export) {
    json.put("itemCount", export.itemCount())
        .put("itemBytes", export.itemBytes())
        .put("storedBytes", export.storedBytes())
        .put("outputFormat", export.outputFormat().name())
        .put("compression", export.compression().name());
    export
        .window()
        .ifPresent(
            window ->
                json.putObject("window")
                    .put("from", Json.time(window.from()))
                    .put("to", Json.time(window.to()))
                    .put("view", window.view().name()));
  }

  private static void putBackup(ObjectNode json, ManagedBackup backup) {
    json.put("backupArn", backup.arn());
    backup.itemCount().ifPresent(count -> json.put("itemCount", count));
    backup.sizeBytes().ifPresent(size -> json.put("sizeBytes", size));
  }
}
