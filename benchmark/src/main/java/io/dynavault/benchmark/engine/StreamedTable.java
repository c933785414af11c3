// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capture.CapturedTable;
import io.dynavault.core.capture.TableState;
import io.dynavault.core.capture.TableStream;
import io.dynavault.core.table.TableDefinition;
import java.util.Optional;

/** A table of the stub, as if it had a stream. */
record StreamedTable(TableDefinition definition, String streamArn) implements CapturedTable {
  StreamedTable {
    requireNonNull(definition, "definition is null");
    requireNonNull(streamArn, "streamArn is null");
  }

  @Override
  public String name() {
    return definition.tableName();
  }

  @Override
  public Optional<TableState> state() {
    TableStream stream = new TableStream(streamArn, "NEW_AND_OLD_IMAGES");
    return Optional.of(new TableState(definition.tableId(), Optional.of(stream)));
  }

  @Override
  public void enableStream() {
    throw new IllegalStateException("the stream is switched on");
  }
}
