// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.vault.RecoveryPoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Exports one table: starts what is planned, waits for AWS, and records what is complete. When it
 * is stopped or gives up, exports go on at AWS and {@link #resume} records them.
 */
public final class ExportRun {
  /** Windows of one table that AWS has in work at the same time; an account may have 300. */
  private static final int AT_A_TIME = 20;

  private final Exports exports;
  private final ExportWait wait;
  private final RunContext context;
  private final List<RecoveryPoint> points = new ArrayList<>();
  private final List<DynavaultException> failures = new ArrayList<>();
  private final long startNanos;
  private Optional<DynavaultException> refused = Optional.empty();

  public ExportRun(Exports exports, ExportWait wait, RunContext context) {
    this.exports = requireNonNull(exports, "exports is null");
    this.wait = requireNonNull(wait, "wait is null");
    this.context = requireNonNull(context, "context is null");
    this.startNanos = context.ticker().nanos();
  }

  /**
   * Runs all exports of a plan to their end. Used once.
   *
   * @throws DynavaultException {@code INTERRUPTED} after a stop and {@code SERVICE_UNAVAILABLE}
   *     after the time limit, while AWS goes on; the failure of an export, when all have ended
   */
  public ExportResult start(ExportPlan plan) throws InterruptedException {
    context.progress().expect(plan.estimatedItems(), plan.estimatedBytes());
    return run(plan.tableName(), new ArrayDeque<>(plan.orders()), new ArrayList<>(), plan.notes());
  }

  /**
   * Waits for the exports of a table that were started before, and records them. Used once.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND} where there are none, and as {@link
   *     #start}
   */
  public ExportResult resume(String tableName) throws InterruptedException {
    List<StartedExport> started = new ArrayList<>(exports.unfinished(tableName));
    if (started.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to resume an export of table '" + tableName + "': none is unfinished",
          "run the backup without --resume");
    }
    return run(tableName, new ArrayDeque<>(), started, List.of());
  }

  private ExportResult run(
      String tableName, Deque<ExportOrder> orders, List<StartedExport> inWork, List<String> notes)
      throws InterruptedException {
    int all = orders.size() + inWork.size();
    Duration pause = wait.first();
    startSome(orders, inWork);
    while (!inWork.isEmpty() || !orders.isEmpty()) {
      context.progress().phase("waiting for AWS, %d of %d done".formatted(points.size(), all));
      if (!settleEnded(inWork)) {
        requireWaiting(tableName, inWork);
        context.timing().sleeper().sleep(pause);
        pause = wait.next(pause);
      }
      startSome(orders, inWork);
    }
    requireNoFailure(all);
    return new ExportResult(tableName, points, elapsed(), notes);
  }

  /** In order, so that what is in the vault has no hole if this ends early. */
  private void startSome(Deque<ExportOrder> orders, List<StartedExport> inWork) {
    while (!orders.isEmpty() && inWork.size() < AT_A_TIME && !context.stop().isRequested()) {
      try {
        inWork.add(exports.start(orders.peek()));
        orders.poll();
        refused = Optional.empty();
      } catch (DynavaultException e) {
        if (e.code() != ErrorCode.THROTTLED && e.code() != ErrorCode.LIMIT_EXCEEDED) {
          orders.clear();
          failures.add(e);
        }
        refused = Optional.of(e);
        return; // too many at a time: looked at again after the pause
      }
    }
  }

  /** Records those that AWS has ended; whether there were any. */
  private boolean settleEnded(List<StartedExport> inWork) throws InterruptedException {
    boolean any = false;
    for (StartedExport started : List.copyOf(inWork)) {
      if (hasEnded(started)) {
        inWork.remove(started);
        settle(started);
        any = true;
      }
    }
    return any;
  }

  /**
   * What cannot be asked for now is asked for again after the pause. Of what AWS has forgotten the
   * files tell whether it ended.
   */
  private boolean hasEnded(StartedExport started) {
    try {
      return exports.poll(started).hasEnded();
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.THROTTLED || e.code() == ErrorCode.SERVICE_UNAVAILABLE) {
        return false;
      }
      if (e.code() == ErrorCode.EXPORT_NOT_FOUND) {
        return true;
      }
      throw e;
    }
  }

  private void settle(StartedExport started) throws InterruptedException {
    try {
      RecoveryPoint point = exports.commit(started);
      context.progress().add(point.export().itemCount(), point.export().itemBytes());
      points.add(point);
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      failures.add(e);
    }
  }

  /** Ends the waiting when somebody wants that, or after its limit. */
  private void requireWaiting(String tableName, List<StartedExport> inWork) {
    if (context.stop().isRequested() && inWork.isEmpty()) {
      throw context.stop().interrupted("the export of table '" + tableName + "'");
    }
    if (context.stop().isRequested()) {
      throw new DynavaultException(
          ErrorCode.INTERRUPTED,
          "the export of table '" + tableName + "' was left to AWS before its end",
          "it goes on there; record it with --resume");
    }
    if (elapsed().compareTo(wait.limit()) >= 0 && inWork.isEmpty() && refused.isPresent()) {
      throw refused.get(); // AWS has none in work that could be gone on with
    }
    if (elapsed().compareTo(wait.limit()) >= 0) {
      throw new DynavaultException(
          ErrorCode.SERVICE_UNAVAILABLE,
          "unable to await the export of table '%s': AWS has it in work after %s"
              .formatted(tableName, wait.limit()),
          "it goes on there; record it with --resume");
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(context.ticker().nanos() - startNanos);
  }

  private void requireNoFailure(int all) {
    if (failures.isEmpty()) {
      return;
    }
    DynavaultException first = failures.get(0);
    failures.stream().skip(1).forEach(first::addSuppressed);
    if (points.isEmpty()) {
      throw first;
    }
    throw new DynavaultException(
        first.code(),
        "%s (%d of %d exports are in the vault)".formatted(first.getMessage(), points.size(), all),
        first.hint(),
        first);
  }
}
