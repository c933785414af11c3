// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.Json;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;

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
            .put("committed", Json.time(entry.committed()))
            .put("itemCount", point.export().itemCount())
            .put("itemBytes", point.export().itemBytes())
            .put("storedBytes", point.storedBytes())
            .put("outputFormat", point.export().outputFormat().name())
            .put("compression", point.export().compression().name())
            .put("consistency", point.consistency().name())
            .put("filtered", point.filtered());
    point.deleteAfter().ifPresent(end -> json.put("deleteAfter", Json.time(end)));
    json.set("tags", Json.texts(point.tags()));
    return json;
  }
}
