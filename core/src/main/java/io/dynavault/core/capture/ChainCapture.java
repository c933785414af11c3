// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.stream.Round;
import io.dynavault.core.stream.StreamGapException;
import io.dynavault.core.stream.StreamRefusedException;
import io.dynavault.core.stream.StreamTail;
import io.dynavault.format.item.StreamPage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Captures one chain: reads the stream, commits what it read, and sees to the base, until it is
 * asked to stop or finds that changes are lost. Whatever else fails leaves the chain as its last
 * commit says. Confined to one thread.
 */
final class ChainCapture implements AutoCloseable {
  /** How long a stream keeps records: what was not read by then may be gone without a trace. */
  private static final Duration KEPT = Duration.ofHours(24);

  /** Rounds without a record after which a stream that gets no more is taken to be read. */
  private static final int EMPTY_ROUNDS = 5;

  private static final long MEMORY_OF_IMAGES = 16L << 20;

  private final Capture capture;
  private final ChainWriter writer;
  private final StreamTail tail;
  private final BaseWork base;
  private final OpenChanges open;
  private final RecentImages recent = new RecentImages(MEMORY_OF_IMAGES);
  private final Pace pace;

  /**
   * @param tail at the chain's positions
   */
  ChainCapture(Capture capture, ChainWriter writer, StreamTail tail) {
    this.capture = requireNonNull(capture, "capture is null");
    this.writer = requireNonNull(writer, "writer is null");
    this.tail = requireNonNull(tail, "tail is null");
    this.base = new BaseWork(capture, writer);
    this.open =
        new OpenChanges(capture.vault().store(), writer.chain(), capture.context().timing());
    this.pace = new Pace(capture.options(), capture.context().ticker());
  }

  /** A change that cannot follow what was captured before it. */
  private static final class ContradictionException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Captures.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code LEASE_LOST} if another process does,
   *     and whatever fails; it can be begun again at the last commit
   */
  Ending run() throws InterruptedException {
    try {
      return follow();
    } catch (StreamGapException e) {
      Gaps.Gap gap = Gaps.of(e, capture.table(), writer.chain());
      return e.reason() == StreamGapException.Reason.STREAM_DISABLED ? endWhole(gap) : end(gap);
    } catch (ContradictionException e) {
      return end(Gaps.CONTRADICTION);
    }
  }

  private Ending follow() throws InterruptedException {
    Instant target = target();
    while (true) {
      capture.requireLease();
      tail.poll(this::take);
      base.look();
      boolean last = capture.isStopRequested() || isCaughtUp(target);
      if (last || isDue()) {
        if (isTooLate()) {
          return end(Gaps.TOO_LATE);
        }
        Optional<Gaps.Gap> gap = commit();
        if (gap.isPresent()) {
          return drain(gap.get());
        }
      }
      if (last) {
        return base.failure().<Ending>map(Ending.WithoutBase::new).orElseGet(Ending.Paused::new);
      }
    }
  }

  /** What the chain has to be complete to before a capture ends by itself: now. */
  private Instant target() {
    if (capture.options().until() == Until.STOPPED) {
      return Instant.MAX;
    }
    try {
      return capture.serverTime(writer.chain().streamArn()).plusSeconds(1);
    } catch (StreamRefusedException e) {
      return Instant.MIN; // the stream is gone, which whoever reads it will find
    }
  }

  private void take(StreamPage page, int index, long timeMicros, String shardId) {
    if (!recent.agrees(page, index)) {
      throw new ContradictionException();
    }
    open.write(page, index, timeMicros, writer.completeTo());
    capture.read(page, index);
  }

  private boolean isDue() {
    return open.bytes() >= capture.options().flushBytes()
        || (pace.isTimeForChanges() && (!open.isEmpty() || writer.hasUnpromised()))
        || pace.isTimeForTheWindow()
        || base.isWaitingFor(tail.completeTo());
  }

  private boolean isCaughtUp(Instant target) {
    return !tail.completeTo().isBefore(target) && base.isDoneBy(tail.completeTo());
  }

  /** Whether records may have been removed from the stream since the last commit. */
  private boolean isTooLate() {
    return tail.completeTo().isAfter(writer.completeTo().plus(KEPT));
  }

  /**
   * Commits what was read, if the stream is still the table's: else the table may have changes that
   * are not in this stream, and it would not be true what the commit is complete to.
   *
   * @return what is wrong with the stream
   */
  private Optional<Gaps.Gap> commit() {
    Instant completeTo = tail.completeTo();
    Optional<Gaps.Gap> gap = Gaps.find(capture.table(), writer.chain());
    if (gap.isEmpty() && (!open.isEmpty() || completeTo.isAfter(writer.completeTo()))) {
      append(completeTo, open.finish());
    }
    return gap;
  }

  private void append(Instant completeTo, Changes changes) {
    capture.requireLease();
    Commit commit = writer.commit(completeTo, changes, tail.positions());
    pace.committed();
    capture.heard(new CaptureEvent.Committed(commit));
    base.committed(commit);
  }

  /** Reads what is left of a stream that gets no more changes. */
  private Ending drain(Gaps.Gap gap) throws InterruptedException {
    int empty = 0;
    while (empty < EMPTY_ROUNDS) {
      capture.requireLease();
      if (capture.isStopRequested()) {
        return new Ending.Paused(); // the next capture reads it
      }
      Round round = tail.poll(this::take);
      empty = round.changes() == 0 && round.atEnd() ? empty + 1 : 0;
    }
    return endWhole(gap);
  }

  /**
   * Ends the chain when all of the stream was read: it has every change that was made before the
   * last one, and that one, too, if the table could not be changed any more after it.
   */
  private Ending endWhole(Gaps.Gap gap) {
    Changes changes = open.finish();
    Optional<Instant> completeTo =
        later(changes.lastTime(), writer.lastUnpromised())
            .map(last -> last.truncatedTo(ChronoUnit.SECONDS))
            .map(last -> gap.isOfTable() ? last.plusSeconds(1) : last);
    if (completeTo.isPresent()) {
      append(completeTo.get(), changes);
    }
    return end(gap);
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).max(Comparator.naturalOrder());
  }

  /** Ends the chain with its last commit. */
  private Ending end(Gaps.Gap gap) {
    capture.requireLease();
    ChainEnd end = writer.end(gap.reason(), gap.detail());
    capture.heard(new CaptureEvent.Gap(end));
    return new Ending.Gap(end);
  }

  @Override
  public void close() {
    try (open) {
      base.close();
    }
  }
}
