// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capture.CaptureListener;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.lambda.capture.StreamBatch.StreamRecord;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Captures a table until the records of a batch are in its chain, or lets another process do so.
 */
final class BatchCapture {
  private final Capture capture;
  private final CommittedRecords records;
  private final StopSignal stop;
  private final InstantSource clock;
  private boolean isFirstLook = true;

  /** A capture of the table up to now. */
  @FunctionalInterface
  interface Capture {
    /**
     * Captures, after whoever else does; or returns when it is needed no more.
     *
     * @param needed asked before it begins, and every second while somebody else captures
     */
    void run(CaptureListener listener, BooleanSupplier needed) throws InterruptedException;
  }

  /**
   * How it has ended.
   *
   * @param missing the first record that is not in the chain
   * @param failure what went wrong, whether records are missing or not
   */
  record Outcome(Optional<StreamRecord> missing, Optional<DynavaultException> failure) {
    Outcome {
      requireNonNull(missing, "missing is null");
      requireNonNull(failure, "failure is null");
    }
  }

  /**
   * @param stop given when the time is over
   */
  BatchCapture(Capture capture, CommittedRecords records, StopSignal stop, InstantSource clock) {
    this.capture = requireNonNull(capture, "capture is null");
    this.records = requireNonNull(records, "records is null");
    this.stop = requireNonNull(stop, "stop is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Captures.
   *
   * @throws DynavaultException if not even the vault says what is in the chain
   */
  Outcome run() throws InterruptedException {
    Optional<DynavaultException> failure = Optional.empty();
    boolean goesOn = true;
    while (goesOn) {
      goesOn = false;
      try {
        capture.run(records, this::isNeeded);
      } catch (DynavaultException e) {
        goesOn = e.code() == ErrorCode.LEASE_LOST; // whoever has it now captures the same
        failure = goesOn ? Optional.empty() : Optional.of(e);
      }
    }
    return new Outcome(records.firstMissing(), failure);
  }

  /** To look for what has just been written costs as much as to begin, and finds nothing. */
  private boolean isNeeded() {
    boolean spared = isFirstLook && records.areRecent(clock.instant());
    isFirstLook = false;
    return !stop.isRequested() && (spared || !records.areAll());
  }
}
