// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.core.history.ChangeSearch;
import io.dynavault.core.table.TableSelection;

/** A vault that is open for a search in the chains of a table, with progress. */
record OpenSearch(ChangeSearch search, OpenVault vault, ProgressBoard board)
    implements AutoCloseable {
  private static final int READERS = 4;

  OpenSearch {
    requireNonNull(search, "search is null");
    requireNonNull(vault, "vault is null");
    requireNonNull(board, "board is null");
  }

  static OpenSearch in(Session session, String table) {
    TableSelection.requireName(table);
    OpenVault vault = session.wiring().openVault();
    ProgressBoard board = ProgressBoard.start(session);
    boolean opened = false;
    try {
      ChangeSearch search = ChangeSearch.in(vault.store(), table, READERS, board.context(table));
      opened = true;
      return new OpenSearch(search, vault, board);
    } finally {
      if (!opened) {
        board.close();
        vault.close();
      }
    }
  }

  @Override
  public void close() {
    board.close();
    vault.close();
  }
}
