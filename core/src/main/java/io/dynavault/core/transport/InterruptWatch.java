// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.methods.HttpPost;

/**
 * Aborts the request of a thread that is interrupted while it waits for a socket: an interrupt does
 * not end such a wait, so that a silent server could hold up a cancelled run for a minute.
 */
final class InterruptWatch implements AutoCloseable {
  private static final long PERIOD_MILLIS = 100;

  private final Map<Thread, HttpPost> waiting = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          runnable -> {
            Thread thread = new Thread(runnable, "dynavault-interrupt-watch");
            thread.setDaemon(true);
            return thread;
          });
  private final ScheduledFuture<?> watching;

  InterruptWatch() {
    watching =
        timer.scheduleWithFixedDelay(
            this::abortInterrupted, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The current thread is about to wait for this request. */
  void begin(HttpPost request) {
    waiting.put(Thread.currentThread(), request);
  }

  /** The current thread waits no longer. */
  void end() {
    waiting.remove(Thread.currentThread());
  }

  private void abortInterrupted() {
    waiting.forEach(
        (thread, request) -> {
          if (thread.isInterrupted()) {
            request.abort();
          }
        });
  }

  @Override
  public void close() {
    watching.cancel(false);
    timer.shutdownNow();
  }
}
