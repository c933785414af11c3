// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.time.Ticker;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Decides whether a capture that has failed tries again, and when. A capture that works goes on
 * through an outage of an hour; before its first commit, when settings are likelier wrong than
 * servers away, and when somebody waits for its end, it is not so patient. Confined to one thread.
 */
final class Persistence {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofHours(1);

  /** What does not pass, whatever is waited for. */
  private static final Set<ErrorCode> LASTING =
      EnumSet.of(
          ErrorCode.LEASE_HELD,
          ErrorCode.LEASE_LOST,
          ErrorCode.INTERRUPTED,
          ErrorCode.BUG,
          ErrorCode.USAGE,
          ErrorCode.CONFIG_INVALID,
          ErrorCode.NAME_INVALID,
          ErrorCode.TABLE_NOT_FOUND,
          ErrorCode.STREAM_UNFIT,
          ErrorCode.UNSUPPORTED,
          ErrorCode.DAMAGED,
          ErrorCode.FORMAT_UNSUPPORTED,
          ErrorCode.LOCKED);

  /** What may pass for a capture that has worked. */
  private static final Set<ErrorCode> AT_FIRST_LASTING =
      EnumSet.of(ErrorCode.ACCESS_DENIED, ErrorCode.CREDENTIALS, ErrorCode.VAULT_NOT_FOUND);

  private final CaptureOptions options;
  private final Ticker ticker;
  private final LongSupplier commits;
  private long committed;
  private long workedNanos;
  private Duration pause = FIRST_PAUSE;

  /**
   * @param commits so far: what tells that it works again
   */
  Persistence(CaptureOptions options, Ticker ticker, LongSupplier commits) {
    this.options = requireNonNull(options, "options is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.commits = requireNonNull(commits, "commits is null");
    this.workedNanos = ticker.nanos();
  }

  /**
   * How long to wait before trying again.
   *
   * @throws DynavaultException the failure itself, where trying again is of no use
   */
  Duration pauseAfter(DynavaultException failure) {
    return tryAgainAfter(failure).orElseThrow(() -> failure);
  }

  /** How long to wait before trying again; empty where that is of no use. */
  Optional<Duration> tryAgainAfter(DynavaultException failure) {
    boolean worked = commits.getAsLong() > 0;
    if (commits.getAsLong() > committed) {
      committed = commits.getAsLong();
      workedNanos = ticker.nanos();
      pause = FIRST_PAUSE;
    }
    boolean impatient = !worked || options.until() == Until.CAUGHT_UP;
    if (LASTING.contains(failure.code())
        || (impatient && AT_FIRST_LASTING.contains(failure.code()))
        || elapsed().compareTo(impatient ? LONGEST_PAUSE : PATIENCE) >= 0) {
      return Optional.empty();
    }
    Duration now = pause;
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    return Optional.of(now);
  }

  private Duration elapsed() {
    return Duration.ofNanos(ticker.nanos() - workedNanos);
  }
}
