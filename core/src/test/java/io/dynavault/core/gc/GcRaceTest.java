// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.store.UnfinishedUpload;
import io.dynavault.core.vault.CallbackStore;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Collections that meet others at work, and that fail or end midway. */
class GcRaceTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final TestingVault testing = new TestingVault();
  private final CatalogEntry good = testing.commit("orders", "2026-11-20T00:00:00Z");
  private final RecoveryPoint killed = TestingPoints.point("orders", "2026-11-21T00:00:00Z");

  @Test
  void aRunThatWasResumedAfterThePlanIsLeftAlone() throws Exception {
    KilledRun.leave(killed, testing.vault);
    testing.time.pass(DAY);
    GcPlan plan = new GcPlanner(testing.vault, DAY).plan();
    Lease lease = testing.on("other").leases().acquire(LeaseName.backup("orders"));
    testing.time.every(Duration.ofSeconds(10), lease::renew);

    GcResult result = new GcRun(testing.vault, DAY, ManagedBackups.none()).run(plan);

    assertThat(result.removed()).isEmpty();
    assertThat(result.left()).hasSize(1);
    assertThat(testing.keys(killed.export().exportPrefix())).hasSize(2);
  }

  @Test
  void aRunThatCommittedAfterThePlanIsLeftAlone() throws Exception {
    KilledRun.leave(killed, testing.vault);
    testing.time.pass(DAY);
    GcPlan plan = new GcPlanner(testing.vault, DAY).plan();
    testing.commit(killed);

    new GcRun(testing.vault, DAY, ManagedBackups.none()).run(plan);

    assertThat(testing.vault.catalog().list("orders").entries()).hasSize(2);
    assertThat(testing.keys(killed.export().exportPrefix())).hasSize(2);
  }

  /** A collection that is cut short anywhere can be done again, and never harms a good point. */
  @Test
  void aCrashAtAnyStepIsMadeGoodByTheNextRun() throws Exception {
    for (int crashAt = 0; crashAt < 20; crashAt++) {
      TestingVault fresh = new TestingVault();
      CatalogEntry kept = fresh.commit("orders", "2026-11-20T00:00:00Z");
      KilledRun.leave(killed, fresh.vault);
      fresh.time.pass(DAY);
      CallbackStore store = new CallbackStore(fresh.memory);
      int[] writes = {crashAt};
      store.beforeEachWrite(
          key -> {
            if (writes[0]-- <= 0) {
              throw new DynavaultException(ErrorCode.INTERRUPTED, "killed");
            }
          });
      Vault crashing = fresh.on("crashing", store);
      try {
        new GcRun(crashing, DAY, ManagedBackups.none()).run(new GcPlanner(crashing, DAY).plan());
      } catch (DynavaultException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED);
      }

      fresh.time.pass(DAY);
      new GcRun(fresh.vault, DAY, ManagedBackups.none())
          .run(new GcPlanner(fresh.vault, DAY).plan());

      assertThat(fresh.keys(killed.export().exportPrefix())).as("crash at %s", crashAt).isEmpty();
      assertThat(fresh.keys("runs/")).isEmpty();
      assertThat(fresh.vault.catalog().list().entries()).containsExactly(kept);
      assertThat(fresh.keys(kept.point().export().exportPrefix())).hasSize(2);
    }
  }

  /** This process stands still before it gives the run up; its owner resumes it meanwhile. */
  @Test
  void aRunWhoseLeaseWasTakenWhileItIsGivenUpKeepsItsFiles() throws Exception {
    KilledRun.leave(killed, testing.vault);
    testing.memory.upload(killed.export().exportPrefix() + "/data/half.json.gz").write(new byte[9]);
    testing.time.pass(DAY);
    GcPlan plan = new GcPlanner(testing.vault, DAY).plan();
    CallbackStore store = new CallbackStore(testing.memory);
    store.beforeEachWrite(
        key -> {
          if (key.equals("runs/orders/" + killed.id() + "/run.json")) {
            testing.memory.delete(LeaseName.backup("orders").key());
            acquired(testing.on("other"));
          }
        });

    GcResult result = new GcRun(testing.on("slow", store), DAY, ManagedBackups.none()).run(plan);

    assertThat(result.failed())
        .extracting(failed -> failed.reason().code())
        .containsExactly(ErrorCode.LEASE_LOST);
    assertThat(testing.keys(killed.export().exportPrefix())).hasSize(2);
    int[] uploads = {0};
    testing.memory.listUnfinished(upload -> uploads[0]++);
    assertThat(uploads[0]).isEqualTo(1);
  }

  @Test
  void aRunOfWhichAFileIsRemovedIsNotResumedAndGoesWithTheNextCollection() throws Exception {
    KilledRun.leave(killed, testing.vault);
    testing.time.pass(DAY);
    CallbackStore store = new CallbackStore(testing.memory);
    store.beforeEachWrite(
        key -> {
          if (key.endsWith("manifest-summary.json")) {
            throw new DynavaultException(ErrorCode.STORE_FAILED, "the disk is gone");
          }
        });
    Vault failing = testing.on("failing", store);

    GcResult first =
        new GcRun(failing, DAY, ManagedBackups.none()).run(new GcPlanner(failing, DAY).plan());

    assertThat(first.failed()).hasSize(1);
    assertThat(testing.vault.runs().unfinished("orders")).isEmpty();
    assertThat(testing.vault.runs().open("orders", killed.id())).isEmpty();
    assertThat(collect().removed()).hasSize(1);
    assertThat(testing.keys(killed.export().exportPrefix())).isEmpty();
    assertThat(testing.keys("runs/")).isEmpty();
  }

  @Test
  void aLeaseThatIsLostAmongTheDeletesEndsThem() throws Exception {
    KilledRun.leave(killed, testing.vault);
    testing.time.pass(DAY);
    CallbackStore store = new CallbackStore(testing.memory);
    store.beforeEachWrite(
        key -> {
          if (key.endsWith("manifest-summary.json")) {
            testing.memory.delete(LeaseName.backup("orders").key());
          }
        });
    Vault slow = testing.on("slow", store);

    GcResult result =
        new GcRun(slow, DAY, ManagedBackups.none()).run(new GcPlanner(slow, DAY).plan());

    assertThat(result.failed())
        .extracting(failed -> failed.reason().code())
        .containsExactly(ErrorCode.LEASE_LOST);
    assertThat(testing.keys("runs/")).containsExactly("runs/orders/" + killed.id() + "/run.json");
  }

  @Test
  void anUploadThatCannotBeDiscardedDoesNotHideWhatWasRemoved() throws Exception {
    KilledRun.leave(killed, testing.vault);
    testing.memory.upload(good.point().export().exportPrefix() + "/data/late.json.gz");
    testing.time.pass(DAY);
    CallbackStore store =
        new CallbackStore(testing.memory) {
          @Override
          public void discard(UnfinishedUpload upload) {
            throw new DynavaultException(ErrorCode.ACCESS_DENIED, "no right to abort");
          }
        };
    Vault failing = testing.on("failing", store);

    GcResult result =
        new GcRun(failing, DAY, ManagedBackups.none()).run(new GcPlanner(failing, DAY).plan());

    assertThat(result.removed()).hasSize(1);
    assertThat(result.uploads()).isZero();
    assertThat(result.failed())
        .extracting(failed -> failed.debris().point().id(), failed -> failed.reason().code())
        .containsExactly(tuple(good.id().value(), ErrorCode.ACCESS_DENIED));
  }

  private GcResult collect() throws InterruptedException {
    return new GcRun(testing.vault, DAY, ManagedBackups.none())
        .run(new GcPlanner(testing.vault, DAY).plan());
  }

  private static void acquired(Vault vault) {
    try {
      vault.leases().acquire(LeaseName.backup("orders"));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
