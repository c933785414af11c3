// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.OpenContent;
import io.dynavault.core.table.TableDefinition;
import java.util.Optional;

/**
 * What is restored to which table.
 *
 * @param definition of the table as it was, where it is known
 * @param source opens the recovery point or export
 * @param moment of which the table is to be, where it is to be that of a moment
 */
record RestoreOrder(
    String targetTable,
    Optional<TableDefinition> definition,
    Source source,
    Optional<PlannedMoment> moment) {

  /** Opens what is restored. */
  @FunctionalInterface
  interface Source {
    OpenContent open(Runnable onLost) throws InterruptedException;
  }

  RestoreOrder {
    requireNonNull(targetTable, "targetTable is null");
    requireNonNull(definition, "definition is null");
    requireNonNull(source, "source is null");
    requireNonNull(moment, "moment is null");
  }
}
