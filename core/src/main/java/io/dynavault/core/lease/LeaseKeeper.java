// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a lease on a thread of its own until closed. A store that fails for a while is tried again
 * at the next interval, until a TTL has passed without a renewal: then others may take the lease
 * and it counts as lost. What is lost is lost for good: the listener hears of it, and {@link
 * #check()} fails. Closing does not give the lease up.
 */
public final class LeaseKeeper implements AutoCloseable {
  /** Name of the threads that renew: by it simulated time tells whom it has to wait for. */
  public static final String THREAD_NAME = "lease-keeper";

  private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KeptLease lease;
  private final LeaseSettings settings;
  private final Runnable onLost;
  private final AtomicReference<@Nullable DynavaultException> lost = new AtomicReference<>();
  private final Thread thread;

  /** When the last renewal began that succeeded; of the keeper's thread alone. */
  private long renewedNanos;

  private LeaseKeeper(KeptLease lease, LeaseSettings settings, Runnable onLost) {
    this.lease = requireNonNull(lease, "lease is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.onLost = requireNonNull(onLost, "onLost is null");
    this.renewedNanos = settings.ticker().nanos();
    this.thread = new Thread(this::keep, THREAD_NAME);
    thread.setDaemon(true);
  }

  /**
   * Begins to renew.
   *
   * @param onLost called once, on the keeper's thread, when the lease is lost: stop the work
   */
  public static LeaseKeeper start(KeptLease lease, LeaseSettings settings, Runnable onLost) {
    LeaseKeeper keeper = new LeaseKeeper(lease, settings, onLost);
    keeper.thread.start();
    return keeper;
  }

  /**
   * Fails if the lease was lost.
   *
   * @throws DynavaultException {@code LEASE_LOST}
   */
  public void check() {
    DynavaultException failure = lost.get();
    if (failure != null) {
      throw failure;
    }
  }

  /** Stops renewing. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep() {
    try {
      while (lost.get() == null && !Thread.currentThread().isInterrupted()) {
        settings.sleeper().sleep(lease.ttl().dividedBy(3));
        renew();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: the thread ends
    }
  }

  private void renew() throws InterruptedException {
    long start = settings.ticker().nanos();
    try {
      lease.renew();
      renewedNanos = start;
    } catch (RuntimeException e) { // whatever it is, the thread must not end as if all were well
      if (hasCode(e, ErrorCode.INTERRUPTED) || Thread.currentThread().isInterrupted()) {
        throw new InterruptedException("closed while renewing");
      }
      if (e instanceof DynavaultException known && known.code() == ErrorCode.LEASE_LOST) {
        lose(known);
      } else if (settings.ticker().nanos() - renewedNanos > lease.ttl().toNanos()) {
        lose(runOut(e));
      } else {
        log.warn("lease not renewed, trying again: reason={}", e.toString());
      }
    } catch (Error e) {
      lose(runOut(e)); // such as no memory: nobody renews any more
      throw e;
    }
  }

  private static boolean hasCode(RuntimeException e, ErrorCode code) {
    return e instanceof DynavaultException known && known.code() == code;
  }

  private void lose(DynavaultException failure) {
    lost.set(failure);
    onLost.run();
  }

  private DynavaultException runOut(Throwable cause) {
    return new DynavaultException(
        ErrorCode.LEASE_LOST,
        "the lease could not be renewed for more than " + lease.ttl().toSeconds() + " seconds",
        "check that the store is reachable, then run again",
        cause);
  }
}
