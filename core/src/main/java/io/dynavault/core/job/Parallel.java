// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.job;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs a list of tasks on a bounded pool of named threads. The first failure interrupts the tasks
 * that run and drops those that wait; it is thrown when all threads have ended, with later failures
 * suppressed onto it.
 */
public final class Parallel {
  private final String name;
  private final int workers;

  /**
   * @param name prefix of the threads' names
   * @param workers tasks that run at the same time; at least 1
   */
  public Parallel(String name, int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers is less than 1: " + workers);
    }
    this.name = name;
    this.workers = workers;
  }

  /**
   * Runs all tasks to their end.
   *
   * @return results in the order of the tasks
   * @throws InterruptedException if this thread is interrupted; all tasks have ended by then
   */
  public <T> List<T> run(List<? extends Callable<T>> tasks) throws InterruptedException {
    if (tasks.isEmpty()) {
      return List.of();
    }
    ExecutorService pool = pool(Math.min(workers, tasks.size()));
    List<Future<T>> futures = new ArrayList<>();
    try {
      ExecutorCompletionService<T> completion = new ExecutorCompletionService<>(pool);
      for (Callable<T> task : tasks) {
        futures.add(completion.submit(task));
      }
      for (int done = 0; done < tasks.size(); done++) {
        if (failed(completion.take())) {
          break;
        }
      }
    } finally {
      futures.forEach(future -> future.cancel(true));
      end(pool);
    }
    return results(futures);
  }

  private ExecutorService pool(int threads) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        threads, task -> new Thread(task, name + "-" + number.incrementAndGet()));
  }

  private static boolean failed(Future<?> ended) throws InterruptedException {
    try {
      ended.get();
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  /** Waits for every thread, because work that goes on behind a failure could still write. */
  private static void end(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = false;
    while (true) {
      try {
        if (pool.awaitTermination(1, TimeUnit.HOURS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> List<T> results(List<Future<T>> futures) throws InterruptedException {
    List<T> results = new ArrayList<>(futures.size());
    Throwable failure = null;
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        failure = add(failure, e.getCause());
      } catch (CancellationException e) {
        // ended because of the failure, which another future holds
      }
    }
    if (failure != null) {
      throw unchecked(failure);
    }
    if (results.size() < futures.size()) {
      throw new InterruptedException("tasks were cancelled");
    }
    return results;
  }

  /** A task that was interrupted by the first failure is its consequence, not its cause. */
  private static @Nullable Throwable add(@Nullable Throwable first, @Nullable Throwable next) {
    if (next == null || next == first) {
      return first;
    }
    if (first == null) {
      return next;
    }
    if (isInterruption(first) && !isInterruption(next)) {
      next.addSuppressed(first);
      return next;
    }
    first.addSuppressed(next);
    return first;
  }

  private static boolean isInterruption(Throwable failure) {
    return failure instanceof InterruptedException
        || (failure instanceof DynavaultException known && known.code() == ErrorCode.INTERRUPTED);
  }

  private static RuntimeException unchecked(Throwable failure) throws InterruptedException {
    if (failure instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException runtime) {
      return runtime;
    }
    return new IllegalStateException("a task failed", failure);
  }
}
