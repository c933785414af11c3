// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.job.RunContext;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.item.StreamPage;
import java.time.Duration;
import java.time.Instant;

/**
 * What the parts of one capture share while it has the table's lease. Confined to one thread, but
 * for what the context says.
 */
final class Capture {
  /** How often the vault is asked whether the capture shall end. */
  private static final Duration LOOK_FOR_REQUESTS = Duration.ofSeconds(5);

  /** How long a pause takes at most to notice that the capture shall end. */
  private static final Duration SLICE = Duration.ofSeconds(1);

  private final CaptureRequest request;
  private final RunContext context;
  private final Lease lease;
  private final LeaseKeeper keeper;
  private final StopRequests requests;
  private long lookedNanos;
  private boolean stopRequested;

  Capture(CaptureRequest request, RunContext context, Lease lease, LeaseKeeper keeper) {
    this.request = requireNonNull(request, "request is null");
    this.context = requireNonNull(context, "context is null");
    this.lease = requireNonNull(lease, "lease is null");
    this.keeper = requireNonNull(keeper, "keeper is null");
    this.requests = new StopRequests(request.vault(), context.timing().clock());
    this.lookedNanos = context.ticker().nanos();
  }

  CapturedTable table() {
    return request.table();
  }

  CaptureOptions options() {
    return request.options();
  }

  Vault vault() {
    return request.vault();
  }

  StreamClient streams() {
    return request.streams();
  }

  CaptureRequest request() {
    return request;
  }

  RunContext context() {
    return context;
  }

  Lease lease() {
    return lease;
  }

  void heard(CaptureEvent event) {
    request.listener().heard(table().name(), event);
  }

  void read(StreamPage page, int index) {
    request.listener().read(page, index);
  }

  /**
   * Fails if another process has, or may have, taken the table over.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code LEASE_LOST}
   */
  void requireLease() {
    keeper.check();
  }

  /** Whether somebody wants the capture to end, here or through the vault. */
  boolean isStopRequested() {
    Ticker ticker = context.ticker();
    if (!stopRequested && ticker.nanos() - lookedNanos >= LOOK_FOR_REQUESTS.toNanos()) {
      lookedNanos = ticker.nanos();
      stopRequested = requests.isRequested(table().name(), lease);
    }
    return stopRequested || context.stop().isRequested();
  }

  /** The time by DynamoDB's clock, not later than now. */
  Instant serverTime(String streamArn) {
    return streams().describe(streamArn).serverTime();
  }

  /** Waits, but not when the capture shall end. */
  void pause(Duration duration) throws InterruptedException {
    for (Duration left = duration;
        !left.isZero() && !isStopRequested();
        left = left.minus(shorter(left, SLICE))) {
      requireLease();
      context.timing().sleeper().sleep(shorter(left, SLICE));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
