// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves only when somebody sleeps; remembers every sleep. */
public final class TestingTime implements Ticker, Sleeper {
  private long now;
  private Runnable whenSleeping = () -> {};
  private final List<Duration> sleeps = new ArrayList<>();

  @Override
  public synchronized long nanos() {
    return now;
  }

  /** Calls back at every sleep from now on. */
  public synchronized void whenSleeping(Runnable callback) {
    whenSleeping = callback;
  }

  @Override
  public synchronized void sleep(Duration duration) {
    whenSleeping.run();
    now += duration.toNanos();
    sleeps.add(duration);
  }

  /** Lets time pass without anybody sleeping. */
  public synchronized void pass(Duration duration) {
    now += duration.toNanos();
  }

  public synchronized Duration elapsed() {
    return Duration.ofNanos(now);
  }

  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
