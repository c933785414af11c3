// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static io.dynavault.core.error.Failures.failure;
import static io.dynavault.core.lease.TestingHolders.TTL;
import static io.dynavault.core.lease.TestingHolders.holder;
import static io.dynavault.core.lease.TestingHolders.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Mark.Kind;
import io.dynavault.core.store.memory.MemoryStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MarksTest {
  private static final String ID = "01795253400123-0a1b2c3d";

  private final TestingTime time = new TestingTime();
  private final MemoryStore store = MemoryStore.isolated(time);

  @Test
  void manyMayReadAtOnceAlsoInOneProcess() throws Exception {
    Leases one = leases("a");
    Mark first = one.mark(Kind.READING, "orders", ID);
    Mark second = one.mark(Kind.READING, "orders", ID);
    leases("b").mark(Kind.READING, "orders", ID);
    assertThat(living(Kind.READING)).isEqualTo(3);

    first.close();
    second.renew();

    assertThat(living(Kind.READING)).isEqualTo(2);
  }

  @Test
  void kindsAndRecoveryPointsAreApart() throws Exception {
    leases("a").mark(Kind.READING, "orders", ID);
    leases("a").mark(Kind.READING, "users", ID);

    assertThat(living(Kind.DELETING)).isZero();
    assertThat(leases("c").marks().living(Kind.READING)).hasSize(2);
    assertThat(leases("c").marks().living(Kind.READING, "orders", ID))
        .extracting(mark -> mark.state().holder().host())
        .containsExactly("a");
  }

  @Test
  void aMarkOfADeadProcessRunsOut() throws Exception {
    leases("a").mark(Kind.READING, "orders", ID);
    time.pass(TTL.plusSeconds(1));

    assertThat(living(Kind.READING)).isZero();
    assertThat(leases("c").marks().runOut(Kind.READING)).hasSize(1);
  }

  @Test
  void aMarkThatIsRenewedLivesWhateverTheClockSays() throws Exception {
    Mark mark = leases("a").mark(Kind.READING, "orders", ID);
    time.every(TTL.dividedBy(3), mark::renew);
    time.jump(Duration.ofDays(365));

    assertThat(living(Kind.READING)).isEqualTo(1);
    assertThat(leases("c").marks().runOut(Kind.READING)).isEmpty();
  }

  @Test
  void aMarkThatWasRemovedIsLost() {
    Mark mark = leases("a").mark(Kind.READING, "orders", ID);
    store.list("locks/reading/", info -> store.delete(info.key()));

    failure(ErrorCode.LEASE_LOST, mark::renew);
  }

  private int living(Kind kind) throws InterruptedException {
    return leases("observer").marks().living(kind, "orders", ID).size();
  }

  private Leases leases(String host) {
    return new Leases(store, holder(host), settings(time));
  }
}
