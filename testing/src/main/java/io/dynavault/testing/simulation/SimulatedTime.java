// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Time that passes only when somebody sleeps or a test says so. The threads that renew leases sleep
 * until it has passed, and it waits for them: a renewal that is due happens at its moment.
 */
public final class SimulatedTime implements InstantSource, Ticker, Sleeper {
  /**
   * Real milliseconds to wait for a thread that may itself wait for the one that lets time pass.
   */
  private static final long LONGEST_WAIT = 200;

  private final Map<Thread, Long> sleeping = new HashMap<>();
  private Instant wall;
  private long nanos;

  public SimulatedTime(Instant start) {
    this.wall = start;
  }

  @Override
  public synchronized Instant instant() {
    return wall;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before sleeping");
    }
    if (Thread.currentThread().getName().equals(LeaseKeeper.THREAD_NAME)) {
      await(duration);
    } else {
      pass(duration);
    }
  }

  /** Lets time pass, on all clocks. */
  public synchronized void pass(Duration duration) {
    long end = nanos + duration.toNanos();
    while (true) {
      Map.Entry<Thread, Long> next = null;
      for (Map.Entry<Thread, Long> sleeper : sleeping.entrySet()) {
        if (sleeper.getValue() <= end && (next == null || sleeper.getValue() < next.getValue())) {
          next = sleeper;
        }
      }
      if (next == null) {
        advanceTo(end);
        return;
      }
      Thread woken = next.getKey();
      advanceTo(next.getValue());
      letRun(woken);
    }
  }

  /** Sets the wall clock alone, as an administrator or NTP does. */
  public synchronized void jump(Duration duration) {
    wall = wall.plus(duration);
  }

  private synchronized void await(Duration duration) throws InterruptedException {
    Thread self = Thread.currentThread();
    long end = nanos + duration.toNanos();
    sleeping.put(self, end);
    notifyAll();
    try {
      while (nanos < end) {
        wait();
      }
    } finally {
      sleeping.remove(self);
      notifyAll();
    }
  }

  /** Until it sleeps again, has ended, or waits for something that only we can give. */
  private void letRun(Thread woken) {
    long deadline = System.nanoTime() + LONGEST_WAIT * 1_000_000;
    boolean interrupted = false;
    while (woken.isAlive()
        && sleeping.getOrDefault(woken, 0L) <= nanos
        && System.nanoTime() < deadline) {
      try {
        wait(1);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    sleeping.values().removeIf(until -> until <= nanos);
  }

  private void advanceTo(long toNanos) {
    wall = wall.plusNanos(toNanos - nanos);
    nanos = toNanos;
    notifyAll();
  }
}
