// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import io.dynavault.testing.fault.Fault;
import io.dynavault.testing.fault.FaultPlan;
import io.dynavault.testing.fault.HttpFaultProxy;
import io.dynavault.testing.fault.ProxiedRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * When a command is killed: at a random moment, mostly after it began to move items, which on a
 * short run is the smaller part of its life. Measured on one run that nobody kills.
 *
 * @param begins how long after its start the command first moves items
 * @param works how long from there to its end
 */
record Moments(Predicate<ProxiedRequest> moves, Duration begins, Duration works) {
  /** One moment in four is before anything was moved. */
  private static final int EARLY = 4;

  /** Makes the time between requests long enough to be hit. */
  private static final Fault SLOW = new Fault.Delay(Duration.ofMillis(10));

  static Moments of(Launcher launcher, String operation, String... command)
      throws InterruptedException {
    Predicate<ProxiedRequest> moves = ProxiedRequest.ofOperation(operation);
    CountDownLatch begun = new CountDownLatch(1);
    try (HttpFaultProxy proxy = proxy(moves, begun)) {
      long start = System.nanoTime();
      Running running = start(launcher, proxy, command);
      await(begun);
      long first = System.nanoTime();
      running.finish().succeeds();
      return new Moments(
          moves, Duration.ofNanos(first - start), Duration.ofNanos(System.nanoTime() - first));
    }
  }

  /** Kills the command; false if it ended before. */
  boolean kill(Launcher launcher, Random random, String... command) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    try (HttpFaultProxy proxy = proxy(moves, begun)) {
      Running running = start(launcher, proxy, command);
      boolean early = random.nextInt(EARLY) == 0;
      if (!early) {
        await(begun);
      }
      Duration longest = early ? begins : works;
      boolean ended =
          running.endsWithin(longest.multipliedBy(random.nextInt(1000)).dividedBy(1000));
      if (!ended) {
        running.kill();
      }
      Finished finished = running.finish();
      if (finished.exitCode() == 137) {
        return true;
      }
      finished.succeeds();
      return false;
    }
  }

  private static void await(CountDownLatch begun) throws InterruptedException {
    if (!begun.await(1, TimeUnit.MINUTES)) {
      throw new AssertionError("the command has moved nothing for a minute");
    }
  }

  private static Running start(Launcher launcher, HttpFaultProxy proxy, String... command) {
    return launcher
        .with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", proxy.endpoint().toString())
        .start(command);
  }

  private static HttpFaultProxy proxy(Predicate<ProxiedRequest> moves, CountDownLatch begun) {
    FaultPlan plan =
        request -> {
          if (!moves.test(request)) {
            return Optional.empty();
          }
          begun.countDown();
          return Optional.of(SLOW);
        };
    return HttpFaultProxy.before(Sandbox.endpoint()).use(plan);
  }
}
