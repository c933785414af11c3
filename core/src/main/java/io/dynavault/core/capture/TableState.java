// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which incarnation of a table there is, and its stream.
 *
 * @param tableId as in a {@link io.dynavault.core.table.TableDefinition}
 * @param stream empty where none is switched on
 */
public record TableState(String tableId, Optional<TableStream> stream) {
  public TableState {
    requireNonNull(tableId, "tableId is null");
    requireNonNull(stream, "stream is null");
  }
}
