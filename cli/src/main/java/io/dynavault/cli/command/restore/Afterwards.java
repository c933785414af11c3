// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.core.table.TableClients;
import io.dynavault.core.transport.SdkErrors;

/** What becomes of a table that was restored as it should be. */
enum Afterwards {
  KEEP,
  /** It was made to see whether that can be done. */
  DELETE;

  /** Deletes the table, which this run has made, where it was a test. */
  void apply(TableClients clients, String tableName) {
    if (this == DELETE) {
      SdkErrors.call(
          "DeleteTable",
          () -> clients.dynamoDb().deleteTable(b -> b.tableName(tableName)).toString());
    }
  }
}
