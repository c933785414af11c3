// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableSnapshot;

/** Where a restore writes to. */
public sealed interface RestoreTarget {

  /** The table as it will be, or as it is. */
  TableDefinition table();

  /** A table that does not exist yet and is created from this definition. */
  record NewTable(TableDefinition table) implements RestoreTarget {
    public NewTable {
      requireNonNull(table, "table is null");
    }
  }

  /** A table that exists. */
  record ExistingTable(TableDefinition table, ConflictPolicy onConflict) implements RestoreTarget {
    public ExistingTable {
      requireNonNull(table, "table is null");
      requireNonNull(onConflict, "onConflict is null");
    }
  }

  /**
   * A table that an interrupted restore has created. Its items are written once more, which changes
   * nothing about those that are there already; then it gets its settings.
   *
   * @param table what the restore would create
   * @param found what is there
   */
  record UnfinishedTable(TableDefinition table, TableSnapshot found) implements RestoreTarget {
    public UnfinishedTable {
      requireNonNull(table, "table is null");
      requireNonNull(found, "found is null");
    }
  }
}
