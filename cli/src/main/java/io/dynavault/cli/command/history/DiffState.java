// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import io.dynavault.cli.command.OpenContent;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.item.LiveTable;
import io.dynavault.core.compare.ExpectedItems;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.item.KeySchema;
import java.util.Optional;

/** One side of a difference, opened: a table, or what a vault or an export has of one. */
sealed interface DiffState extends AutoCloseable {
  /** The key of its table, where it says. */
  Optional<KeySchema> keySchema();

  /** Its items. */
  ExpectedItems items(RunContext context);

  /**
   * Fails if what was read was not protected to the end.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code LEASE_LOST}
   */
  void check();

  @Override
  void close();

  /** Opens what a text means. */
  static DiffState open(Session session, StateName name, ProgressBoard board)
      throws InterruptedException {
    return name instanceof StateName.Live live
        ? new OfTable(LiveTable.open(session, live.table()))
        : new OfContent(name.open(session, board.stop()::request));
  }

  /** A table as it is now. */
  record OfTable(LiveTable table) implements DiffState {
    @Override
    public Optional<KeySchema> keySchema() {
      return Optional.of(table.definition().keySchema());
    }

    @Override
    public ExpectedItems items(RunContext context) {
      return ExpectedItems.of(table.scan(context));
    }

    @Override
    public void check() {}

    @Override
    public void close() {
      table.close();
    }
  }

  /** A recovery point, a moment, or an export. */
  record OfContent(OpenContent open) implements DiffState {
    @Override
    public Optional<KeySchema> keySchema() {
      return open.content()
          .recoveryPoint()
          .map(RecoveryPoint::table)
          .map(TableDefinition::keySchema);
    }

    @Override
    public ExpectedItems items(RunContext context) {
      return ExpectedItems.of(open.content());
    }

    @Override
    public void check() {
      open.check();
    }

    @Override
    public void close() {
      open.close();
    }
  }
}
