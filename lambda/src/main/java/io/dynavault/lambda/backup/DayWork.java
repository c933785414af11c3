// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.lambda.host.Invocation;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Advances the tables of a request until all have ended, or the time is over. Each change is in the
 * manifest before the next step; a table that fails does not stop the others.
 */
final class DayWork {
  private static final Logger log = LoggerFactory.getLogger(DayWork.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** What another try may overcome, after a while. */
  private static final Set<ErrorCode> PASSING =
      Set.of(
          ErrorCode.THROTTLED,
          ErrorCode.LIMIT_EXCEEDED,
          ErrorCode.SERVICE_UNAVAILABLE,
          ErrorCode.LEASE_HELD);

  private final ManifestStore manifests;
  private final LocalDate date;
  private final BackupMethod method;
  private final Invocation invocation;
  private final int maxContinuations;

  DayWork(
      ManifestStore manifests,
      LocalDate date,
      BackupMethod method,
      Invocation invocation,
      int maxContinuations) {
    this.manifests = requireNonNull(manifests, "manifests is null");
    this.date = requireNonNull(date, "date is null");
    this.method = requireNonNull(method, "method is null");
    this.invocation = requireNonNull(invocation, "invocation is null");
    this.maxContinuations = maxContinuations;
  }

  /** Works; the run has ended then, or another invocation goes on with it. */
  DayRun go(DayRun begun) throws InterruptedException {
    DayRun run = begun;
    Duration pause = FIRST_PAUSE;
    while (run.hasUnfinished() && !invocation.deadline().isReached()) {
      DayRun before = run;
      for (TableState state : before.tables()) {
        if (!state.hasEnded() && !invocation.deadline().isReached()) {
          run = advance(run, state);
        }
      }
      if (run.equals(before)) {
        invocation.timing().sleeper().sleep(shorter(pause, invocation.deadline().left()));
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    }
    return run.hasUnfinished() ? later(run) : end(run);
  }

  private DayRun advance(DayRun run, TableState state) throws InterruptedException {
    TableState now = step(state);
    if (now.equals(state)) {
      return run;
    }
    log.info("table {}: {}", now.tableName(), now.status());
    return update(run, day -> day.with(now));
  }

  private TableState step(TableState state) throws InterruptedException {
    try {
      return method.advance(state);
    } catch (DynavaultException e) {
      if (PASSING.contains(e.code())) {
        log.warn("table {}: tried again later: {}", state.tableName(), e.getMessage());
        return state;
      }
      log.error("table {}: {}", state.tableName(), e.getMessage(), e);
      return state.failed(e);
    } catch (RuntimeException e) {
      log.error("table {}: unexpected failure", state.tableName(), e);
      return state.failed(new DynavaultException(ErrorCode.BUG, "unexpected failure: " + e, e));
    }
  }

  private DayRun later(DayRun run) {
    if (!invocation.mayContinue(maxContinuations)) {
      return giveUp(run);
    }
    try {
      invocation.continueLater(JsonNodeFactory.instance.objectNode());
    } catch (DynavaultException e) {
      log.error("unable to go on in another invocation: {}", e.getMessage(), e);
      return end(fail(run, e));
    }
    return run;
  }

  /** Nothing stays in progress for ever. */
  private DayRun giveUp(DayRun run) {
    return end(
        fail(run, invocation.givenUp("the backup of " + date + " in time", maxContinuations)));
  }

  private DayRun fail(DayRun run, DynavaultException why) {
    DayRun failed = run;
    for (TableState state : run.tables()) {
      if (!state.hasEnded()) {
        failed = update(failed, day -> day.with(state.failed(why)));
      }
    }
    return failed;
  }

  private DayRun end(DayRun run) {
    return update(run, day -> day.endedAt(invocation.timing().clock().instant()));
  }

  /** What another invocation of the same request has done meanwhile is taken over. */
  private DayRun update(DayRun run, UnaryOperator<DayRun> change) {
    return manifests
        .update(date, day -> day.with(change.apply(day.run(run.requestId()).orElse(run))))
        .run(run.requestId())
        .orElseThrow();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
