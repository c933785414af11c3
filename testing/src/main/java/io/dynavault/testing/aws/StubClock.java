// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time that the stub believes it is: it passes only when a test says so. */
public final class StubClock implements InstantSource {
  private Instant now;

  StubClock(Instant now) {
    this.now = requireNonNull(now, "now is null");
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  public synchronized void set(Instant time) {
    now = requireNonNull(time, "time is null");
  }
}
