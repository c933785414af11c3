// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Time that only passes when somebody sleeps or a test says so. What is due at a moment, such as
 * another process's renewal, runs when that moment is reached. Time belongs to the thread that made
 * it.
 */
public final class TestingTime implements InstantSource, Ticker, Sleeper {
  private record Due(long atNanos, Runnable action) {}

  private final List<Due> due = new ArrayList<>();
  private final Thread testThread = Thread.currentThread();
  private Instant wall = Instant.parse("2026-11-21T09:30:00Z");
  private long nanos;

  @Override
  public synchronized Instant instant() {
    return wall;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  /**
   * Lets time pass where the test itself sleeps; a thread beside it waits until the test has let
   * the time pass.
   */
  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.currentThread() == testThread) {
      pass(duration);
      return;
    }
    synchronized (this) {
      long end = nanos + duration.toNanos();
      while (nanos < end) {
        wait();
      }
    }
  }

  /** Lets time pass, on all clocks. */
  public void pass(Duration duration) {
    long end = nanos() + duration.toNanos();
    while (true) {
      Due next = nextUntil(end);
      if (next == null) {
        advanceTo(end);
        return;
      }
      advanceTo(next.atNanos());
      next.action().run();
    }
  }

  /** Sets the wall clock alone, as an administrator or NTP does. */
  public synchronized void jump(Duration duration) {
    wall = wall.plus(duration);
  }

  /** Runs an action when this much time has passed. */
  public synchronized void after(Duration duration, Runnable action) {
    due.add(new Due(nanos + duration.toNanos(), action));
  }

  /** Runs an action at every interval, for ever. */
  public void every(Duration interval, Runnable action) {
    after(
        interval,
        () -> {
          action.run();
          every(interval, action);
        });
  }

  private synchronized Due nextUntil(long end) {
    Due next = null;
    for (Due candidate : due) {
      if (candidate.atNanos() <= end && (next == null || candidate.atNanos() < next.atNanos())) {
        next = candidate;
      }
    }
    due.remove(next);
    return next;
  }

  private synchronized void advanceTo(long toNanos) {
    wall = wall.plusNanos(toNanos - nanos);
    nanos = toNanos;
    notifyAll();
  }
}
