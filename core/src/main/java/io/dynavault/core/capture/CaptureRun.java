// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.LeaseSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Captures one table until it is asked to stop, or until it has caught up: chain after chain, each
 * with a base, whatever happens to the table and its stream. What a crash leaves at each step
 * stands in docs/format/continuous.md, section 3.
 */
public final class CaptureRun {
  /** How long the table may be missing between two looks at it. */
  private static final Duration TABLE_PAUSE = Duration.ofSeconds(10);

  /** Before the base of a table that has contradicted itself twice. */
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

  private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

  private final CaptureRequest request;
  private final RunContext context;
  private final Tally tally;
  private @Nullable DynavaultException baseFailure;

  public CaptureRun(CaptureRequest request, RunContext context) {
    this.request = requireNonNull(request, "request is null");
    this.context = context.withOwnStop();
    this.tally = new Tally(request.table().name(), request.listener());
  }

  /**
   * Captures. What fails in passing is told to the listener and tried again.
   *
   * @throws DynavaultException {@code LEASE_HELD} where another process captures the table, {@code
   *     LEASE_LOST} where one has taken over, {@code TABLE_NOT_FOUND}, {@code STREAM_UNFIT} where
   *     the table's stream lacks images, {@code UNSUPPORTED} where there are no streams, and
   *     whatever lasts
   */
  public CaptureResult run() throws InterruptedException {
    try (Lease lease = request.vault().leases().acquire(leaseName())) {
      return capture(lease);
    }
  }

  /**
   * Captures as {@link #run} does. While another process captures the table it waits, as long as
   * that is needed.
   *
   * @param needed asked before it begins, and every second while it waits
   * @return empty if it is needed no more, and nothing was captured
   */
  public Optional<CaptureResult> runAfterOthers(BooleanSupplier needed)
      throws InterruptedException {
    Optional<Lease> taken = request.vault().leases().acquireWhile(leaseName(), needed);
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    try (Lease lease = taken.get()) {
      return Optional.of(capture(lease));
    }
  }

  private LeaseName leaseName() {
    return LeaseName.continuous(request.table().name());
  }

  private CaptureResult capture(Lease lease) throws InterruptedException {
    LeaseSettings settings = request.vault().leases().settings();
    try (LeaseKeeper keeper = LeaseKeeper.start(lease, settings, context.stop()::request)) {
      try {
        capture(new Capture(request.heardBy(tally), context, lease, keeper));
        keeper.check();
      } catch (RuntimeException | InterruptedException e) {
        keeper.check(); // a lost lease is the cause, the failure its consequence
        throw e;
      }
    }
    if (baseFailure != null) {
      throw baseFailure;
    }
    return tally.result();
  }

  private void capture(Capture capture) throws InterruptedException {
    ChainStart start = new ChainStart(capture);
    Persistence persistence = new Persistence(request.options(), context.ticker(), tally::commits);
    while (!capture.isStopRequested()) {
      try {
        Optional<ChainCapture> chain = start.open();
        boolean goesOn = chain.isPresent() ? follow(capture, chain.get()) : awaitTable(capture);
        if (!goesOn) {
          return;
        }
      } catch (DynavaultException e) {
        capture.requireLease();
        if (e.code() == ErrorCode.INTERRUPTED && capture.isStopRequested()) {
          return;
        }
        Duration pause = persistence.pauseAfter(e);
        capture.heard(new CaptureEvent.Failed(e, pause));
        capture.pause(pause);
      }
    }
  }

  /** Whether another chain is to be captured after this one. */
  private boolean follow(Capture capture, ChainCapture chain) throws InterruptedException {
    Ending ending;
    try (chain) {
      ending = chain.run();
    }
    if (ending instanceof Ending.Gap gap && gap.end().reason() == ChainEnd.Reason.CONTRADICTION) {
      capture.pause(pauseAfterContradiction());
    }
    if (ending instanceof Ending.WithoutBase without) {
      baseFailure = without.failure();
    }
    return ending instanceof Ending.Gap;
  }

  /** A table that contradicts itself again and again must not cost a scan every minute. */
  private Duration pauseAfterContradiction() {
    long before = tally.contradictions() - 1;
    if (before == 0) {
      return Duration.ZERO;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(before - 1, 20));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** Whether it is back; false if the capture shall end before. */
  private boolean awaitTable(Capture capture) throws InterruptedException {
    if (tally.isNew()) {
      throw new DynavaultException(
          ErrorCode.TABLE_NOT_FOUND,
          "unable to capture table '%s': there is no such table".formatted(request.table().name()));
    }
    capture.heard(new CaptureEvent.TableMissing());
    if (request.options().until() == Until.CAUGHT_UP) {
      return false;
    }
    while (request.table().state().isEmpty()) {
      capture.requireLease();
      if (capture.isStopRequested()) {
        return false;
      }
      capture.pause(TABLE_PAUSE);
    }
    return true;
  }
}
