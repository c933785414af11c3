// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * The moment at which an invocation shall come to its end, in a time that only passes in pauses.
 */
final class EndOfTime {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CompletableFuture<Watch> watch = new CompletableFuture<>();

  /** Who waits for the end, and what is left to the invocation then. */
  private record Watch(Thread thread, long millisAtEnd) {}

  /** What the thread does that waits for the end. */
  void await(Duration left, long remainingMillis) throws InterruptedException {
    watch.complete(new Watch(Thread.currentThread(), remainingMillis - left.toMillis()));
    if (!left.isZero()) {
      reached.await();
    }
  }

  /** Where it is the end, whoever waits for it has acted when this returns. */
  void passed(long remainingMillis) throws InterruptedException {
    Watch waiting = watch.join();
    if (remainingMillis <= waiting.millisAtEnd()) {
      reached.countDown();
      waiting.thread().join();
    }
  }
}
