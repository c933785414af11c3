// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableOverrides;
import java.util.Optional;

/**
 * A table that AWS is to restore.
 *
 * @param tableName of the new table
 * @param original the table as it was, where a recovery point has it
 */
public record ManagedRestoreRequest(
    RestoreSource source,
    String tableName,
    TableOverrides overrides,
    Optional<TableDefinition> original,
    Beginning beginning) {

  /** Whether the restore is begun or gone on with. */
  public enum Beginning {
    /** AWS is asked for a table that must not exist. */
    NEW,
    /** The table is there or being made: only its settings are missing. */
    RESUMED
  }

  public ManagedRestoreRequest {
    requireNonNull(source, "source is null");
    requireNonNull(tableName, "tableName is null");
    requireNonNull(overrides, "overrides is null");
    requireNonNull(original, "original is null");
    requireNonNull(beginning, "beginning is null");
  }
}
