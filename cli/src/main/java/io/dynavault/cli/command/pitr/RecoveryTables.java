// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.pitr.PointInTimeRecovery;
import io.dynavault.aws.pitr.RecoveryStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.TableClients;
import java.util.List;

/** Does something about the recovery of several tables, each for itself. */
final class RecoveryTables {
  /** AWS answers ten questions a second. */
  private static final int AT_ONCE = 4;

  private final PointInTimeRecovery recovery;
  private final StopSignal stop;

  RecoveryTables(Session session, TableClients clients) {
    this.stop = session.gracefulStop().get();
    this.recovery =
        new PointInTimeRecovery(
            requireNonNull(clients, "clients is null").dynamoDb(), session.wiring().calls(stop));
  }

  /** What is done about one table. */
  @FunctionalInterface
  interface Work {
    RecoveryStatus apply(PointInTimeRecovery recovery, String tableName)
        throws InterruptedException;
  }

  List<Outcome<RecoveryStatus>> each(List<String> names, Work work) throws InterruptedException {
    return Outcome.ofEach(
        names,
        AT_ONCE,
        stop,
        name -> {
          try {
            return work.apply(recovery, name);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DynavaultException(
                ErrorCode.INTERRUPTED, "work on table '" + name + "' was interrupted", e);
          }
        });
  }
}
