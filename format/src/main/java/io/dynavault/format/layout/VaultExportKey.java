// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.layout;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/** What the key of a file of an export in a vault says: day, table and export. */
public record VaultExportKey(LocalDate day, String table, String exportId) {
  public VaultExportKey {
    requireNonNull(day, "day is null");
    requireNonNull(table, "table is null");
    requireNonNull(exportId, "exportId is null");
  }

  /** All keys of the export. */
  public ExportLayout layout() {
    return ObjectKeys.export(day, table, exportId);
  }
}
