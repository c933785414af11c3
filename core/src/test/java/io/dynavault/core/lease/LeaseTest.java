// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static io.dynavault.core.error.Failures.failure;
import static io.dynavault.core.lease.TestingHolders.TTL;
import static io.dynavault.core.lease.TestingHolders.holder;
import static io.dynavault.core.lease.TestingHolders.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Shows G5 (fencing), F9 (no stale leases), F10 (a process that slept) and F24 (clock skew). */
class LeaseTest {
  private static final LeaseName ORDERS = LeaseName.backup("orders");

  private final TestingTime time = new TestingTime();
  private final MemoryStore store = MemoryStore.isolated(time);

  @Test
  void oneAtATime() throws Exception {
    Lease first = leases("a").acquire(ORDERS);
    keepAlive(first);

    DynavaultException held = failure(ErrorCode.LEASE_HELD, () -> leases("b").acquire(ORDERS));
    assertThat(held)
        .hasMessage(
            "unable to begin the backup of table 'orders': another one runs since"
                + " 2026-11-21T09:30:00Z: backup (host a, process 42)");
    assertThat(held.hint())
        .isEqualTo(
            "wait for it to end; if it died, its lease runs out 30 seconds after its last sign of"
                + " life");
  }

  @Test
  void otherTablesAreNotHeldUp() throws Exception {
    keepAlive(leases("a").acquire(ORDERS));

    assertThat(leases("b").acquire(LeaseName.backup("users")).epoch()).isEqualTo(1);
  }

  @Test
  void aReleasedLeaseIsFreeAtOnceAndItsEpochGoesOn() throws Exception {
    leases("a").acquire(ORDERS).close();
    Instant before = time.instant();

    Lease second = leases("b").acquire(ORDERS);

    assertThat(second.epoch()).isEqualTo(2);
    assertThat(time.instant()).isEqualTo(before);
  }

  @Test
  @Tag("F9")
  void whoseHolderDiedIsTakenOverWithinTheTtl() throws Exception {
    leases("a").acquire(ORDERS);
    Instant death = time.instant();

    Lease second = leases("b").acquire(ORDERS);

    assertThat(second.epoch()).isEqualTo(2);
    assertThat(Duration.between(death, time.instant())).isLessThanOrEqualTo(TTL);
  }

  @Test
  void oneThatIsOverdueByTheStoresClockIsWatchedHalfAsLong() throws Exception {
    leases("a").acquire(ORDERS);
    time.pass(Duration.ofHours(5));
    Instant before = time.instant();

    leases("b").acquire(ORDERS);

    assertThat(Duration.between(before, time.instant())).isEqualTo(TTL.dividedBy(2));
  }

  @Test
  @Tag("F24")
  void aClockThatJumpsAYearAheadTakesNothingFromALivingHolder() throws Exception {
    Lease first = leases("a").acquire(ORDERS);
    time.jump(Duration.ofDays(365));
    keepAlive(first);

    failure(ErrorCode.LEASE_HELD, () -> leases("b").acquire(ORDERS));
    first.verify();
  }

  @Test
  @Tag("F24")
  void aClockThatJumpsBackDoesNotKeepADeadHoldersLease() throws Exception {
    leases("a").acquire(ORDERS);
    time.jump(Duration.ofDays(-365));

    assertThat(leases("b").acquire(ORDERS).epoch()).isEqualTo(2);
  }

  @Test
  @Tag("F10")
  @Tag("G5")
  void aHolderThatSleptAndWasReplacedCannotCommit() throws Exception {
    Lease slept = leases("a").acquire(ORDERS);
    time.pass(TTL.multipliedBy(2));
    Lease second = leases("b").acquire(ORDERS);

    failure(ErrorCode.LEASE_LOST, slept::verify);
    failure(ErrorCode.LEASE_LOST, slept::renew);
    second.verify();
  }

  @Test
  void aLostLeaseIsNotReleasedFromUnderItsNewHolder() throws Exception {
    Lease slept = leases("a").acquire(ORDERS);
    time.pass(TTL.multipliedBy(2));
    Lease second = leases("b").acquire(ORDERS);

    slept.close();

    second.verify();
    keepAlive(second);
    failure(ErrorCode.LEASE_HELD, () -> leases("c").acquire(ORDERS));
  }

  @Test
  void aHolderThatSleptAndWasNotReplacedGoesOn() throws Exception {
    Lease slept = leases("a").acquire(ORDERS);
    time.pass(Duration.ofDays(3));

    slept.verify();

    assertThat(slept.epoch()).isEqualTo(1);
  }

  @Test
  void waitsForALivingHolderIfAsked() throws Exception {
    Lease first = leases("a").acquire(ORDERS);
    keepAlive(first);
    time.after(Duration.ofMinutes(10), first::close);

    Lease second = leases("b").acquire(ORDERS, Duration.ofMinutes(15));

    assertThat(second.epoch()).isEqualTo(2);
  }

  @Test
  @Tag("F9")
  void aProcessKnownToBeDeadHoldsNobodyUp() throws Exception {
    leases("a").acquire(ORDERS);
    Instant before = time.instant();
    LeaseSettings knowing = settings(time, holder -> ProcessProbe.Life.DEAD);

    new Leases(store, holder("b"), knowing).acquire(ORDERS);

    assertThat(time.instant()).isEqualTo(before);
  }

  @Test
  void aProcessKnownToLiveIsReportedAtOnce() throws Exception {
    leases("a").acquire(ORDERS);
    Instant before = time.instant();
    LeaseSettings knowing = settings(time, holder -> ProcessProbe.Life.ALIVE);

    failure(ErrorCode.LEASE_HELD, () -> new Leases(store, holder("b"), knowing).acquire(ORDERS));
    assertThat(time.instant()).isEqualTo(before);
  }

  @Test
  void tryingNeverWaitsAndNeverTakesWhatMayBeHeld() throws Exception {
    assertThat(leases("a").tryAcquire(ORDERS)).isPresent();
    assertThat(leases("b").tryAcquire(ORDERS)).isEmpty();
    time.pass(Duration.ofHours(1));
    assertThat(leases("b").tryAcquire(ORDERS)).isEmpty();
  }

  @Test
  @Tag("G5")
  void ofManyAtOnceExactlyOneGetsIt() throws Exception {
    for (int round = 1; round <= 50; round++) {
      List<Callable<Optional<Lease>>> contenders = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Leases leases = leases("host-" + i);
        contenders.add(() -> leases.tryAcquire(ORDERS));
      }
      List<Lease> winners =
          new Parallel("contender", 8).run(contenders).stream().flatMap(Optional::stream).toList();

      assertThat(winners).hasSize(1);
      assertThat(winners.get(0).epoch()).isEqualTo(round);
      winners.get(0).close();
    }
  }

  @Test
  void thisProcessKnowsThatItLives() {
    Holder self = Holder.thisProcess("test", new Random(1));

    assertThat(ProcessProbe.system().lifeOf(self)).isNotEqualTo(ProcessProbe.Life.DEAD);
    assertThat(ProcessProbe.system().lifeOf(holder("elsewhere")))
        .isEqualTo(ProcessProbe.Life.UNKNOWN);
  }

  private Leases leases(String host) {
    return new Leases(store, holder(host), settings(time));
  }

  private void keepAlive(Lease lease) {
    time.every(
        TTL.dividedBy(3),
        () -> {
          if (!isReleased()) {
            lease.renew();
          }
        });
  }

  private boolean isReleased() {
    return StoredJson.find(store, ORDERS.key())
        .map(LeaseStateParser::read)
        .filter(state -> state.phase() == LeaseState.Phase.RELEASED)
        .isPresent();
  }
}
