// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.output.TimeText;
import io.dynavault.core.capture.CaptureStatus;
import io.dynavault.core.capture.CaptureStatus.State;
import io.dynavault.core.capture.ChainStatus;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.CopyOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A status and what is wrong with it.
 *
 * @param problems one sentence each, without full stop
 */
record JudgedStatus(CaptureStatus status, List<String> problems) {
  private static final Duration MAX_WHILE_RUNNING = Duration.ofMinutes(5);
  private static final Duration MAX_WHILE_STOPPED = Duration.ofHours(20);

  /** How long a stream keeps changes. */
  private static final Duration KEPT = Duration.ofHours(24);

  /** Gaps that are older have been seen. */
  private static final Duration RECENT = Duration.ofDays(1);

  JudgedStatus {
    requireNonNull(status, "status is null");
    problems = List.copyOf(problems);
  }

  /**
   * Judges.
   *
   * @param maxLag how far the window may be behind; empty is as usual
   */
  static JudgedStatus of(CaptureStatus status, Optional<Duration> maxLag) {
    List<String> problems = new ArrayList<>();
    for (ChainStatus chain : status.chains()) {
      chain
          .end()
          .filter(end -> isRecent(end, status) || chain.equals(status.newest()))
          .ifPresent(end -> problems.add(gap(end)));
      chain.damage().ifPresent(problems::add);
    }
    boolean running = status.state() == State.RUNNING;
    if (status.newest().end().isEmpty()) {
      if (status.newest().earliest().isEmpty()) {
        problems.add(
            running
                ? "no base yet: what is captured now can be restored when it is made"
                : "no base: nothing of the newest chain can be restored");
      }
      Duration bound = maxLag.orElse(running ? MAX_WHILE_RUNNING : MAX_WHILE_STOPPED);
      if (status.lag().compareTo(bound) > 0) {
        problems.add(behind(status, running));
      }
    }
    return new JudgedStatus(status, problems);
  }

  private static boolean isRecent(ChainEnd end, CaptureStatus status) {
    return Duration.between(end.written(), status.observed()).compareTo(RECENT) < 0;
  }

  private static String gap(ChainEnd end) {
    return "gap after %s: %s".formatted(TimeText.moment(end.completeTo()), end.detail());
  }

  private static String behind(CaptureStatus status, boolean running) {
    String lag = TimeText.span(status.lag());
    Optional<CopyOrigin> origin = status.newest().origin();
    if (origin.isPresent()) {
      return "not copied from vault '%s' for %s".formatted(origin.get().vaultName(), lag);
    }
    if (running) {
      return "%s behind".formatted(lag);
    }
    Duration left = KEPT.minus(status.lag());
    return left.isNegative()
        ? "not captured for %s: changes are lost".formatted(lag)
        : "not captured for %s: in %s changes will be lost".formatted(lag, TimeText.span(left));
  }
}
