// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableDefinition;
import java.util.function.Function;

/**
 * Tells whether a table is still the one that a backup was planned for: a table that was deleted
 * and created again under its name would make a recovery point of two halves.
 *
 * @param describe reads the definition of a table by its name
 */
public record TableIdentity(Function<String, TableDefinition> describe) {

  void requireUnchanged(TableDefinition planned) {
    TableDefinition now;
    try {
      now = describe.apply(planned.tableName());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.TABLE_NOT_FOUND) {
        throw changed(planned, "it was deleted meanwhile");
      }
      throw e;
    }
    if (!now.tableId().equals(planned.tableId())) {
      throw changed(planned, "it was deleted and created again meanwhile");
    }
    if (!now.keySchema().equals(planned.keySchema())) {
      throw changed(planned, "its key schema is another one");
    }
  }

  private static DynavaultException changed(TableDefinition planned, String reason) {
    return new DynavaultException(
        ErrorCode.TABLE_CHANGED,
        "unable to back up table '" + planned.tableName() + "': " + reason,
        "run the backup again from its beginning; gc removes what this one has written");
  }
}
