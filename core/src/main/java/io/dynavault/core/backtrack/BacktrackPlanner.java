// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.table.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Finds the chain whose changes say what a table was. It has to have every change from the time to
 * go back to until now, or until the end of the span that is asked for: a change that is not known
 * would be left in the table, and nobody would be told.
 */
public final class BacktrackPlanner {
  /** A capture commits at least once a minute, and what is written meanwhile with it. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final ContinuousBackups backups;
  private final InstantSource serverTime;
  private final Runnable onWait;
  private final RunContext context;

  /**
   * @param store the vault's
   * @param serverTime DynamoDB's clock, by which changes are dated
   * @param onWait called once if the capture has to be waited for
   */
  public BacktrackPlanner(
      ObjectStore store, InstantSource serverTime, Runnable onWait, RunContext context) {
    this.backups = new ContinuousBackups(store);
    this.serverTime = requireNonNull(serverTime, "serverTime is null");
    this.onWait = requireNonNull(onWait, "onWait is null");
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * Plans; waits, where nothing limits the span, until the capture has all changes up to now.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} if the table has no continuous
   *     backup, {@code TIME_INVALID} if it does not have all changes of the span, {@code
   *     TABLE_CHANGED} if it is that of another table of this name
   */
  public BacktrackPlan plan(TableDefinition table, BacktrackRequest request)
      throws InterruptedException {
    String name = table.tableName();
    ChainLog log =
        backups
            .newestCaptured(name)
            .filter(captured -> captured.end().isEmpty())
            .or(() -> backups.newest(name))
            .orElseThrow(() -> noChain(name));
    requireSameTable(table, log);
    Instant from = log.completeFrom();
    if (!request.toTime().isAfter(from)) {
      throw invalid(
          table,
          request,
          "its continuous backup %s %s"
              .formatted(log.firstNumber() > 1 ? "has the changes since" : "began at", from),
          restore("the nearest time is " + from.plusSeconds(1) + ";"));
    }
    Instant now = serverTime.instant().truncatedTo(ChronoUnit.SECONDS);
    if (request.toTime().isAfter(now)) {
      throw invalid(table, request, "that is in the future", "give a time that is over");
    }
    // What was written in this second, just before the call, is to be rolled back, too.
    Instant needed = request.changedTo().filter(to -> !to.isAfter(now)).orElse(now.plusSeconds(1));
    Commit last = await(log, request, needed);
    return new BacktrackPlan(table, request, log, last.completeTo(), last.number());
  }

  private Commit await(ChainLog log, BacktrackRequest request, Instant needed)
      throws InterruptedException {
    Instant giveUp = context.timing().clock().instant().plus(PATIENCE);
    for (boolean first = true; ; first = false) {
      Optional<Commit> last = log.last();
      Optional<ChainEnd> end = log.end();
      Optional<Instant> complete = last.map(Commit::completeTo);
      if (complete.filter(time -> !time.isBefore(needed)).isPresent()) {
        return last.orElseThrow();
      }
      boolean alive =
          end.isEmpty()
              && last.filter(commit -> later(commit).plus(PATIENCE).isAfter(needed)).isPresent();
      if (!alive || !context.timing().clock().instant().isBefore(giveUp)) {
        throw incomplete(log, request, complete, end);
      }
      if (context.stop().isRequested()) {
        throw context.stop().interrupted("the backtrack");
      }
      if (first) {
        context.progress().phase("waiting for the capture");
        onWait.run();
      }
      context.timing().sleeper().sleep(PAUSE);
    }
  }

  /** When the capture has lived. The clock of its machine may be slow. */
  private static Instant later(Commit commit) {
    return commit.written().isAfter(commit.completeTo()) ? commit.written() : commit.completeTo();
  }

  private static void requireSameTable(TableDefinition table, ChainLog log) {
    TableDefinition captured = log.chain().table();
    boolean anotherId =
        !table.tableId().isEmpty()
            && !captured.tableId().isEmpty()
            && !table.tableId().equals(captured.tableId());
    if (anotherId || !table.keySchema().equals(captured.keySchema())) {
      throw new DynavaultException(
          ErrorCode.TABLE_CHANGED,
          "unable to roll back table '%s': it has been created anew since its continuous backup '%s' began"
              .formatted(table.tableName(), log.chain().id()),
          restore(""));
    }
  }

  private static DynavaultException noChain(String table) {
    return new DynavaultException(
        ErrorCode.RECOVERY_POINT_NOT_FOUND,
        "unable to roll back table '%s': the vault has no continuous backup of it".formatted(table),
        "go back to a recovery point with: dynavault restore %s --at TIME --on-conflict identical; have the next hours with: dynavault continuous start %s"
            .formatted(table, table));
  }

  private static DynavaultException incomplete(
      ChainLog log, BacktrackRequest request, Optional<Instant> complete, Optional<ChainEnd> end) {
    TableDefinition table = log.chain().table();
    String until =
        complete.isEmpty()
            ? "its continuous backup has no changes yet"
            : "its continuous backup has the changes before %s only".formatted(complete.get());
    String why =
        end.map(ended -> "; it has ended: " + ended.detail())
            .orElse(complete.isEmpty() ? "" : "; is the capture running?");
    boolean useful = complete.filter(time -> time.isAfter(request.toTime())).isPresent();
    return invalid(
        table,
        request,
        until + why,
        useful
            ? "see it with: dynavault continuous status; roll back what is known with --changed-to "
                + complete.orElseThrow()
            : restore("see it with: dynavault continuous status;"));
  }

  private static String restore(String before) {
    String hint =
        "go back to a recovery point or a moment, comparing the whole table, with: dynavault"
            + " restore --to-time or --at, --on-conflict identical";
    return before.isEmpty() ? hint : before + " or " + hint;
  }

  private static DynavaultException invalid(
      TableDefinition table, BacktrackRequest request, String reason, String hint) {
    return new DynavaultException(
        ErrorCode.TIME_INVALID,
        "unable to roll back table '%s' to %s: %s"
            .formatted(table.tableName(), request.toTime(), reason),
        hint);
  }
}
