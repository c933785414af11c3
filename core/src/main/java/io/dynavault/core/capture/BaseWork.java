// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElseGet;

import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Sees to the base of a chain that has none, or none that is new enough: makes it on a thread of
 * its own, and notes it when the chain has all changes that it may have seen. A base that fails is
 * tried again, and never in the way of the changes. Confined to one thread, beside its own.
 */
final class BaseWork implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

  private final Capture capture;
  private final ChainWriter writer;
  private final RunContext context;
  private Optional<Instant> newest;
  private boolean needed;
  private @Nullable FutureTask<ScannedPoint> scan;
  private @Nullable Thread thread;
  private @Nullable Scanned scanned;
  private final Persistence impatience;
  private @Nullable DynavaultException failure;
  private Duration pause = FIRST_PAUSE;
  private long waitUntilNanos;

  /**
   * A base that only waits for its changes.
   *
   * @param seenUntil by DynamoDB's clock: it has seen no change that was made then or later
   */
  private record Scanned(ScannedPoint point, Instant seenUntil) {}

  BaseWork(Capture capture, ChainWriter writer) {
    this.capture = requireNonNull(capture, "capture is null");
    this.writer = requireNonNull(writer, "writer is null");
    this.context = capture.context().withOwnStop();
    this.newest = newest();
    this.needed = newest.isEmpty() || isTooOld(context.timing().clock().instant());
    this.impatience = new Persistence(capture.options(), context.ticker(), () -> 0);
    this.waitUntilNanos = context.ticker().nanos();
  }

  /** The first second of the newest base; some may have been deleted since, or be damaged. */
  private Optional<Instant> newest() {
    Chain chain = writer.chain();
    return writer.log().readableBases(damaged -> {}).stream()
        .filter(base -> capture.vault().catalog().exists(chain.tableName(), base.recoveryPoint()))
        .map(Base::restorableFrom)
        .max(Comparator.naturalOrder());
  }

  /** Whether it is time for another one; a compaction may have made it meanwhile. */
  private boolean isTooOld(Instant now) {
    Optional<Duration> every = capture.options().baseEvery();
    if (every.isEmpty() || newest.isEmpty() || now.isBefore(newest.get().plus(every.get()))) {
      return false;
    }
    newest = newest();
    return newest.isEmpty() || !now.isBefore(newest.get().plus(every.get()));
  }

  /** The first second to which the first base of a chain can be rolled. */
  static Instant first(Chain chain) {
    return chain.started().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
  }

  /**
   * The first base of a chain goes back to its beginning. A later one has what was committed before
   * it: what was read from the stream was in the table, whose items are read strongly consistent.
   */
  private BaseOrder order() throws InterruptedException {
    ChainLog log = writer.log();
    Chain chain = log.chain();
    Instant newerThan = newest.orElse(Instant.MIN);
    long firstCommit = log.firstNumber();
    long last = writer.last().map(Commit::number).orElse(0L);
    if ((newest.isEmpty() && firstCommit == 1) || last == 0) {
      return new BaseOrder(chain, 0, first(chain), newerThan, firstCommit);
    }
    Instant now = capture.serverTime(chain.streamArn());
    Instant from = writer.lastUnpromised().filter(now::isBefore).orElse(now);
    return new BaseOrder(
        chain, last, from.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1), newerThan, firstCommit);
  }

  /** Begins the scan where it is time for that, and notices its end. */
  void look() throws InterruptedException {
    if (!needed || scanned != null || failure != null) {
      return;
    }
    FutureTask<ScannedPoint> running = scan;
    if (running == null) {
      if (context.ticker().nanos() - waitUntilNanos >= 0) {
        begin();
      }
    } else if (running.isDone()) {
      scan = null;
      thread = null;
      ended(running);
    }
  }

  private void begin() throws InterruptedException {
    BaseOrder order = order();
    FutureTask<ScannedPoint> task =
        new FutureTask<>(() -> capture.request().base().make(order, context));
    Thread worker = new Thread(task, "base-" + order.chain().tableName());
    scan = task;
    thread = worker;
    worker.start();
  }

  private void ended(FutureTask<ScannedPoint> task) throws InterruptedException {
    try {
      ScannedPoint point = task.get();
      // The server's clock is asked after the scan, and tells the second that has begun.
      Instant now = capture.serverTime(writer.chain().streamArn());
      scanned = new Scanned(point, now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
      capture.heard(new CaptureEvent.BaseScanned(point.id()));
    } catch (ExecutionException e) {
      failed(e.getCause());
    }
  }

  private void failed(@Nullable Throwable cause) throws InterruptedException {
    if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    DynavaultException reason =
        cause instanceof DynavaultException known
            ? known
            : new DynavaultException(
                ErrorCode.BUG,
                "unexpected failure: " + cause,
                requireNonNullElseGet(cause, IllegalStateException::new));
    if (reason.code() == ErrorCode.BUG) {
      throw reason;
    }
    if (reason.code() == ErrorCode.INTERRUPTED && capture.isStopRequested()) {
      return; // the next capture goes on with it
    }
    Optional<Duration> wait =
        capture.options().until() == Until.CAUGHT_UP
            ? impatience.tryAgainAfter(reason)
            : Optional.of(longerEachTime());
    if (wait.isEmpty()) {
      failure = reason;
      return;
    }
    capture.heard(new CaptureEvent.Failed(reason, wait.get()));
    waitUntilNanos = context.ticker().nanos() + wait.get().toNanos();
  }

  private Duration longerEachTime() {
    Duration now = pause;
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    return now;
  }

  /** Why there is no base though the capture is about to end: it was given up. */
  Optional<DynavaultException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether a commit that is complete to this time makes the base count. */
  boolean isWaitingFor(Instant completeTo) {
    Scanned waiting = scanned;
    return needed && waiting != null && !completeTo.isBefore(waiting.seenUntil());
  }

  /** Whether nothing is left to do when a commit is complete to this time. */
  boolean isDoneBy(Instant completeTo) {
    return !needed || failure != null || isWaitingFor(completeTo);
  }

  /** Notes the base, if this commit is the first one that has all it may have seen. */
  void committed(Commit commit) {
    Scanned waiting = scanned;
    if (waiting != null && !commit.completeTo().isBefore(waiting.seenUntil())) {
      note(waiting.point(), commit);
    } else if (!needed && isTooOld(commit.completeTo())) {
      needed = true;
    }
  }

  private void note(ScannedPoint point, Commit commit) {
    scanned = null;
    if (point.afterCommit() + 1 < writer.log().firstNumber()) {
      return; // the changes that follow it have expired: the next one is made
    }
    Base base =
        new Base(
            commit.chain(),
            point.id(),
            point.afterCommit(),
            Optional.empty(),
            commit.number(),
            point.restorableFrom());
    writer.log().add(base);
    needed = false;
    newest = Optional.of(base.restorableFrom());
    capture.heard(new CaptureEvent.BaseReady(base));
  }

  /** Stops the scan at its next safe place, from which the next capture goes on. */
  @Override
  public void close() {
    context.stop().request();
    Thread running = thread;
    if (running == null) {
      return;
    }
    boolean interrupted = false;
    while (running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        interrupted = true;
        running.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
