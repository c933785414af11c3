// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParallelTest {

  @Test
  void returnsResultsInTheOrderOfTheTasks() throws Exception {
    List<Callable<Integer>> tasks =
        IntStream.range(0, 100).mapToObj(i -> (Callable<Integer>) () -> i).toList();
    assertThat(new Parallel("t", 8).run(tasks))
        .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void theFirstFailureInterruptsTheOthersAndIsThrown() {
    CountDownLatch running = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Callable<Void> waits =
        () -> {
          running.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.set(true);
            throw e;
          }
          return null;
        };
    Callable<Void> fails =
        () -> {
          running.await();
          throw new DynavaultException(ErrorCode.STORE_FAILED, "disk full");
        };
    assertThatThrownBy(() -> new Parallel("t", 2).run(List.of(waits, fails)))
        .isInstanceOf(DynavaultException.class)
        .hasMessage("disk full");
    assertThat(interrupted).isTrue();
  }

  @Test
  void tasksThatWaitedAreDroppedAfterAFailure() {
    AtomicInteger started = new AtomicInteger();
    List<Callable<Void>> tasks = new ArrayList<>();
    tasks.add(
        () -> {
          throw new IllegalArgumentException("first");
        });
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 50; i++) {
      tasks.add(
          () -> {
            started.incrementAndGet();
            never.await();
            return null;
          });
    }
    assertThatThrownBy(() -> new Parallel("t", 1).run(tasks)).hasMessage("first");
    assertThat(started.get()).isLessThanOrEqualTo(1);
  }

  @Test
  void anInterruptionEndsTheTasksBeforeItIsThrown() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch running = new CountDownLatch(1);
    Callable<Void> waits =
        () -> {
          running.countDown();
          try {
            new CountDownLatch(1).await();
          } finally {
            ended.set(true);
          }
          return null;
        };
    AtomicBoolean thrown = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              try {
                new Parallel("t", 1).run(List.of(waits));
              } catch (InterruptedException e) {
                thrown.set(ended.get());
              }
            });
    caller.start();
    running.await();
    caller.interrupt();
    caller.join();
    assertThat(thrown).isTrue();
  }
}
