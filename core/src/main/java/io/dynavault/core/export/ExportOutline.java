// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.export;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint.Consistency;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.format.export.Codec;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.layout.ExportLayout;
import io.dynavault.format.layout.ObjectKeys;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * What a new export is of, and how its files are written.
 *
 * @param id of the recovery point; names the folder
 * @param table the definition that a restore creates the table from
 * @param moment of which the items are; of a scan, when it began
 * @param codec how data files are compressed
 * @param filtered true where a filter or projection leaves items or attributes out
 * @param deleteAfter when expire may remove it; empty is never
 * @param tags the user's tags of the recovery point
 */
public record ExportOutline(
    RecoveryPointId id,
    Method method,
    TableDefinition table,
    Instant moment,
    Consistency consistency,
    OutputFormat outputFormat,
    Codec codec,
    boolean filtered,
    Optional<Instant> deleteAfter,
    Map<String, String> tags) {
  public ExportOutline {
    requireNonNull(id, "id is null");
    requireNonNull(method, "method is null");
    requireNonNull(table, "table is null");
    requireNonNull(moment, "moment is null");
    requireNonNull(consistency, "consistency is null");
    requireNonNull(outputFormat, "outputFormat is null");
    requireNonNull(codec, "codec is null");
    requireNonNull(deleteAfter, "deleteAfter is null");
    tags = Map.copyOf(tags);
  }

  /** Where its files go, below the vault's root: the folder of the day on which it was begun. */
  public ExportLayout layout() {
    LocalDate day = LocalDate.ofInstant(id.startTime(), ZoneOffset.UTC);
    return ObjectKeys.export(day, table.tableName(), id.value());
  }
}
