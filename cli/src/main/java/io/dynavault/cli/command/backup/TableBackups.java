// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.RunContext;
import java.util.List;

/** Runs the backups of several tables, each for itself. */
final class TableBackups {

  /** Whether backups are begun, or gone on with. */
  enum Beginning {
    NEW,
    RESUMED
  }

  private final Session session;
  private final BackupMethod method;

  TableBackups(Session session, BackupMethod method) {
    this.session = session;
    this.method = method;
  }

  List<Outcome<BackedUpTable>> run(List<String> tableNames, Beginning beginning)
      throws InterruptedException {
    try (ProgressBoard board = ProgressBoard.start(session)) {
      return Outcome.ofEach(
          tableNames,
          method.tablesAtOnce(),
          board.stop(),
          name -> run(name, beginning, board.context(name)));
    }
  }

  private BackedUpTable run(String tableName, Beginning beginning, RunContext context) {
    try {
      return beginning == Beginning.RESUMED
          ? method.resume(tableName, context)
          : method.plan(tableName).run(context);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED, "backup of table '" + tableName + "' was interrupted", e);
    }
  }
}
