// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static io.dynavault.core.error.Failures.failure;
import static io.dynavault.core.lease.TestingHolders.TTL;
import static io.dynavault.core.lease.TestingHolders.holder;
import static io.dynavault.core.lease.TestingHolders.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.vault.CallbackStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseKeeperTest {
  private static final LeaseName ORDERS = LeaseName.backup("orders");

  private final TestingTime time = new TestingTime();
  private final MemoryStore store = MemoryStore.isolated(time);
  private final Semaphore ticks = new Semaphore(0);
  private final Semaphore asleep = new Semaphore(0);

  /** A keeper whose sleeps end when the test says so. */
  private final LeaseSettings stepped =
      new LeaseSettings(
          TTL,
          time,
          time,
          duration -> {
            assertThat(duration).isEqualTo(TTL.dividedBy(3));
            asleep.release();
            ticks.acquire();
          },
          ProcessProbe.none());

  @Test
  void renewsEveryThirdOfTheTtl() throws Exception {
    Lease lease = new Leases(store, holder("a"), stepped).acquire(ORDERS);
    try (LeaseKeeper keeper = LeaseKeeper.start(lease, stepped, () -> {})) {
      String before = version();
      step();
      assertThat(version()).isNotEqualTo(before);
      keeper.check();
    }
  }

  @Test
  void tellsWhenTheLeaseIsLost() throws Exception {
    Lease lease = new Leases(store, holder("a"), stepped).acquire(ORDERS);
    CountDownLatch lost = new CountDownLatch(1);
    try (LeaseKeeper keeper = LeaseKeeper.start(lease, stepped, lost::countDown)) {
      time.pass(Duration.ofHours(1));
      new Leases(store, holder("b"), settings(time)).acquire(ORDERS);

      ticks.release();

      assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
      failure(ErrorCode.LEASE_LOST, keeper::check);
    }
  }

  @Test
  void anyFailureIsTriedAgainUntilTheLeaseHasRunOut() throws Exception {
    CallbackStore failing = new CallbackStore(store);
    Lease lease = new Leases(failing, holder("a"), stepped).acquire(ORDERS);
    failing.beforeEachWrite(
        key -> {
          throw new IllegalStateException("a fault of the client");
        });
    CountDownLatch lost = new CountDownLatch(1);
    try (LeaseKeeper keeper = LeaseKeeper.start(lease, stepped, lost::countDown)) {
      step();
      keeper.check();

      time.pass(TTL.plusSeconds(1));
      ticks.release();

      assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
      failure(ErrorCode.LEASE_LOST, keeper::check);
    }
  }

  @Test
  void anErrorThatEndsTheKeeperIsALoss() throws Exception {
    CallbackStore failing = new CallbackStore(store);
    Lease lease = new Leases(failing, holder("a"), stepped).acquire(ORDERS);
    failing.beforeEachWrite(
        key -> {
          throw new StackOverflowError("injected");
        });
    CountDownLatch lost = new CountDownLatch(1);
    try (LeaseKeeper keeper = LeaseKeeper.start(lease, stepped, lost::countDown)) {
      ticks.release();

      assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
      failure(ErrorCode.LEASE_LOST, keeper::check);
    }
  }

  @Test
  void closingStopsTheRenewalsAndLeavesTheLease() throws Exception {
    Lease lease = new Leases(store, holder("a"), stepped).acquire(ORDERS);
    LeaseKeeper.start(lease, stepped, () -> {}).close();
    String before = version();

    ticks.release(10);

    assertThat(version()).isEqualTo(before);
    lease.verify();
  }

  /** Ends one sleep and waits until the keeper sleeps again: its renewal is done. */
  private void step() throws InterruptedException {
    assertThat(asleep.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    ticks.release();
    assertThat(asleep.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
  }

  private String version() {
    return store.stat(ORDERS.key()).orElseThrow().version();
  }
}
