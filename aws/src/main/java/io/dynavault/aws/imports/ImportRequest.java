// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.TableDefinition;
import java.util.OptionalLong;

/**
 * A table that AWS is to make of files.
 *
 * @param table as it shall be in the end, under its new name
 * @param expectedItems how many items the files have, where that is known
 */
public record ImportRequest(
    ImportFiles files, TableDefinition table, OptionalLong expectedItems, Beginning beginning) {

  /** Whether the import is begun or gone on with. */
  public enum Beginning {
    /** AWS is asked for a table that must not exist. */
    NEW,
    /** AWS was asked before: the import is waited for, and the settings are put back. */
    RESUMED
  }

  public ImportRequest {
    requireNonNull(files, "files is null");
    requireNonNull(table, "table is null");
    requireNonNull(expectedItems, "expectedItems is null");
    requireNonNull(beginning, "beginning is null");
  }

  public String tableName() {
    return table.tableName();
  }
}
