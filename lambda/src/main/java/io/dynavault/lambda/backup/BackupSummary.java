// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The figures of several backups, as the answer and the manifest give them.
 *
 * @param bytes as DynamoDB counts them
 */
record BackupSummary(long tables, long successful, long failed, long items, long bytes) {
  private static final double MEGABYTE = 1024 * 1024;

  static BackupSummary of(List<TableState> tables) {
    return new BackupSummary(
        tables.size(),
        count(tables, TableState.Status.COMPLETED),
        count(tables, TableState.Status.FAILED),
        tables.stream().mapToLong(TableState::items).sum(),
        tables.stream().mapToLong(TableState::bytes).sum());
  }

  void addTo(ObjectNode json) {
    json.put("total_tables_processed", tables);
    json.put("successful_exports", successful);
    json.put("failed_exports", failed);
    json.put("total_items_exported", items);
    json.put("total_size_mb", Math.round(bytes / MEGABYTE * 100) / 100.0);
  }

  private static long count(List<TableState> tables, TableState.Status status) {
    return tables.stream().filter(table -> table.status() == status).count();
  }
}
