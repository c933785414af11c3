// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.dynavault.core.delete.DeleteRun;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.vault.CallbackStore;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.FullStore;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GcTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final TestingVault testing = new TestingVault();
  private final CatalogEntry good = testing.commit("orders", "2026-11-20T00:00:00Z");
  private final RecoveryPoint killed = TestingPoints.point("orders", "2026-11-21T00:00:00Z");

  @Test
  void aCleanVaultHasNoDebris() throws Exception {
    testing.time.pass(DAY.multipliedBy(30));

    GcPlan plan = new GcPlanner(testing.vault, DAY).plan();

    assertThat(plan.debris()).isEmpty();
    assertThat(plan.uploads()).isEmpty();
    assertThat(plan.left()).isEmpty();
  }

  @Test
  @Tag("F5")
  void aKilledRunCanBeResumedForADayAndIsThenRemoved() throws Exception {
    KilledRun.leave(killed, testing.vault);
    testing.time.pass(DAY.minusSeconds(1));
    assertThat(new GcPlanner(testing.vault, DAY).plan().debris()).isEmpty();
    assertThat(new GcPlanner(testing.vault, DAY).plan().left())
        .extracting(GcPlan.Left::reason)
        .containsExactly("it can be resumed; counts as given up from 2026-11-22T09:30:00Z on");

    testing.time.pass(Duration.ofSeconds(1));
    GcResult result = collect();

    assertThat(result.removed())
        .extracting(Debris::kind)
        .containsExactly(Debris.Kind.ABANDONED_RUN);
    assertThat(testing.keys(killed.export().exportPrefix())).isEmpty();
    assertThat(testing.keys("runs/")).isEmpty();
    assertGoodIsWhole();
  }

  @Test
  @Tag("G7")
  void planningTouchesNothing() throws Exception {
    KilledRun.leave(killed, testing.vault);
    testing.time.pass(DAY);
    List<String> before = testing.keys("");

    GcPlan plan = new GcPlanner(testing.vault, DAY).plan();

    assertThat(plan.bytes()).isPositive();
    List<String> after = testing.keys("");
    after.remove("locks/clock.json");
    before.remove("locks/clock.json");
    assertThat(after).isEqualTo(before);
  }

  /** F1: what another process is backing up is not touched, however slowly it goes. */
  @Test
  @Tag("F1")
  void aRunAtWorkIsLeftAlone() throws Exception {
    Vault other = testing.on("other");
    Lease lease = other.leases().acquire(LeaseName.backup("orders"));
    KilledRun.leave(killed, other);
    testing.time.every(Duration.ofSeconds(10), lease::renew);
    testing.time.pass(DAY.multipliedBy(2));

    GcPlan plan = new GcPlanner(testing.vault, DAY).plan();

    assertThat(plan.debris()).isEmpty();
    assertThat(plan.left())
        .extracting(GcPlan.Left::reason)
        .containsExactly("a run with its lease is at work");
  }

  @Test
  void theJournalOfACommittedRunGoesAndItsFilesStay() throws Exception {
    KilledRun.leave(killed, testing.vault);
    testing.commit(killed);

    GcResult result = collect();

    assertThat(result.removed())
        .extracting(Debris::kind)
        .containsExactly(Debris.Kind.FINISHED_JOURNAL);
    assertThat(testing.keys("runs/")).isEmpty();
    assertThat(testing.keys(killed.export().exportPrefix())).hasSize(2);
  }

  @Test
  void aDeletionThatWasCutShortIsFinished() throws Exception {
    CatalogEntry doomed = testing.commit(killed);
    cutShort(doomed, killed.files().get(0).key());
    assertThat(testing.keys(killed.export().exportPrefix())).isNotEmpty();
    testing.time.pass(Duration.ofMinutes(5));

    GcResult result = collect();

    assertThat(result.removed())
        .extracting(Debris::kind)
        .containsExactly(Debris.Kind.UNFINISHED_DELETION);
    assertThat(testing.keys(killed.export().exportPrefix())).isEmpty();
    assertThat(testing.keys("deletions/")).isEmpty();
    assertGoodIsWhole();
  }

  @Test
  void theJournalOfADeletionThatDeletedNothingGoes() throws Exception {
    CatalogEntry doomed = testing.commit(killed);
    cutShort(doomed, "recovery-points/orders/" + doomed.id() + ".json");
    testing.time.pass(Duration.ofMinutes(5));

    GcResult result = collect();

    assertThat(result.removed())
        .extracting(Debris::kind)
        .containsExactly(Debris.Kind.WITHDRAWN_DELETION);
    assertThat(testing.vault.catalog().list("orders").entries()).contains(doomed);
    assertThat(testing.keys(killed.export().exportPrefix())).hasSize(2);
  }

  @Test
  void filesBesideARecoveryPointGoAfterADay() throws Exception {
    String stray = good.point().export().exportPrefix() + "/data/unfinished.json.gz";
    testing.memory.put(stray, new byte[7]);
    testing.time.pass(DAY.minusSeconds(1));
    assertThat(collect().removed()).isEmpty();
    testing.time.pass(Duration.ofSeconds(1));

    GcResult result = collect();

    assertThat(result.removed())
        .extracting(Debris::kind, Debris::keys, Debris::bytes)
        .containsExactly(tuple(Debris.Kind.STRAY_FILES, List.of(stray), 7L));
    assertGoodIsWhole();
  }

  /** F8, and exports that AWS wrote: without a journal of ours nothing is debris. */
  @Test
  @Tag("F8")
  void whatNobodyOfUsWroteIsNotDebris() throws Exception {
    List<String> foreign =
        List.of(
            "AWSDynamoDB/01768385930622-efd1a093/manifest-summary.json",
            "2026-11-21/orders/AWSDynamoDB/01768385930622-efd1a093/data/a.json.gz",
            "2026-11-20/orders/AWSDynamoDB/notes.txt",
            "README.md");
    foreign.forEach(key -> testing.memory.put(key, new byte[1]));
    testing.memory.upload("2026-11-21/orders/AWSDynamoDB/01768385930622-efd1a093/data/b.json.gz");
    testing.time.pass(DAY.multipliedBy(100));

    GcPlan plan = new GcPlanner(testing.vault, DAY).plan();
    collect();

    assertThat(plan.debris()).isEmpty();
    assertThat(plan.uploads()).isEmpty();
    assertThat(testing.keys("")).containsAll(foreign);
  }

  @Test
  void aRecordThatCannotBeReadProtectsItsFiles() throws Exception {
    testing.memory.put("recovery-points/orders/" + good.id() + ".json", new byte[] {'{', '}'});
    testing.memory.put(good.point().export().exportPrefix() + "/data/other.json.gz", new byte[1]);
    testing.time.pass(DAY.multipliedBy(2));

    collect();

    assertThat(testing.keys(good.point().export().exportPrefix())).hasSize(3);
  }

  @Test
  @Tag("F18")
  void aJournalThatCannotBeReadIsReportedAndStopsNothing() throws Exception {
    KilledRun.leave(killed, testing.vault);
    testing.memory.put("runs/aaa/01795253400123-0a1b2c3d/run.json", new byte[] {'?'});
    testing.time.pass(DAY);

    GcResult result = collect();

    assertThat(result.removed()).hasSize(1);
    assertThat(result.left())
        .extracting(GcPlan.Left::reason)
        .singleElement()
        .asString()
        .startsWith("it cannot be read: ");
  }

  @Test
  void entriesOfAJournalThatIsGoneGo() throws Exception {
    testing.memory.put("runs/orders/" + killed.id() + "/files/a.json", new byte[] {'{', '}'});
    testing.time.pass(DAY);

    assertThat(collect().removed())
        .extracting(Debris::kind)
        .containsExactly(Debris.Kind.STRAY_JOURNAL);
    assertThat(testing.keys("runs/")).isEmpty();
  }

  @Test
  void marksOfTheDeadGoAndThoseOfTheLivingStay() throws Exception {
    testing.on("dead").leases().mark(Mark.Kind.READING, "orders", good.id().value());
    Mark living = testing.on("living").leases().mark(Mark.Kind.READING, "orders", "" + good.id());
    testing.time.every(Duration.ofSeconds(10), living::renew);
    testing.time.pass(DAY.plusMinutes(1));

    GcResult result = collect();

    assertThat(result.removed()).extracting(Debris::kind).containsExactly(Debris.Kind.RUN_OUT_MARK);
    living.renew();
  }

  @Test
  void holdsOfWhatIsGoneGoAndOthersStay() throws Exception {
    Hold hold = new Hold("audit", "ann@db1", Instant.EPOCH);
    testing.vault.holds().hold("orders", good.id(), hold);
    testing.memory.put("holds/orders/" + killed.id() + "/00000001.json", new byte[1]);
    testing.time.pass(DAY);

    assertThat(collect().removed())
        .extracting(Debris::kind)
        .containsExactly(Debris.Kind.ORPHANED_HOLD);
    assertThat(testing.vault.holds().of("orders", good.id())).contains(hold);
  }

  @Test
  void theLeaseOfACopyGoesWhenItsRecoveryPointIsGone() throws Exception {
    LeaseName copy = LeaseName.copy("orders", good.id().value());
    testing.vault.leases().acquire(copy).close();
    testing.time.pass(DAY.multipliedBy(2));
    assertThat(collect().removed()).isEmpty();

    new DeleteRun(testing.vault, ManagedBackups.none()).delete(good);

    assertThat(collect().removed())
        .extracting(Debris::kind)
        .containsExactly(Debris.Kind.COPY_LEASE);
    assertThat(testing.keys("locks/copy/")).isEmpty();
    assertThat(testing.vault.leases().acquire(copy).epoch()).isEqualTo(1);
  }

  @Test
  void theLeaseOfACopyThatHasJustBegunStays() throws Exception {
    Lease lease =
        testing.on("other").leases().acquire(LeaseName.copy("orders", killed.id().value()));
    testing.time.every(Duration.ofSeconds(10), lease::renew);
    testing.time.pass(DAY.multipliedBy(2));

    assertThat(collect().removed()).isEmpty();
    lease.verify();
  }

  @Test
  @Tag("F4")
  void aFullDiskHasRoomForTheLeaseOfWhatIsCollected() throws Exception {
    KilledRun.leave(killed, testing.vault);
    testing.time.pass(DAY);
    FullStore full = new FullStore(testing.memory);
    Vault vault = testing.on("collector", full);

    GcResult result =
        new GcRun(vault, DAY, ManagedBackups.none()).run(new GcPlanner(testing.vault, DAY).plan());

    assertThat(result.failed()).isEmpty();
    assertThat(full.hasMadeRoom()).isTrue();
    assertThat(testing.keys(killed.export().exportPrefix())).isEmpty();
  }

  @Test
  void unfinishedUploadsOfAKilledRunGoWithIt() throws Exception {
    KilledRun.leave(killed, testing.vault);
    testing.memory.upload(killed.export().exportPrefix() + "/data/half.json.gz").write(new byte[9]);
    testing.time.pass(DAY);

    collect();

    int[] uploads = {0};
    testing.memory.listUnfinished(upload -> uploads[0]++);
    assertThat(uploads[0]).isZero();
  }

  @Test
  void anUploadOfARunAtWorkStaysHoweverOldItIs() throws Exception {
    Lease lease = testing.on("other").leases().acquire(LeaseName.backup("orders"));
    KilledRun.leave(killed, testing.vault);
    ObjectUpload upload =
        testing.memory.upload(killed.export().exportPrefix() + "/data/slow.json.gz");
    testing.time.every(Duration.ofSeconds(10), lease::renew);
    testing.time.pass(DAY.multipliedBy(2));

    collect();

    upload.commit();
    assertThat(testing.keys(killed.export().exportPrefix())).hasSize(3);
  }

  @Test
  void anUploadIntoACommittedPointIsDiscarded() throws Exception {
    testing.memory.upload(good.point().export().exportPrefix() + "/data/late.json.gz");
    testing.time.pass(DAY);

    assertThat(collect().uploads()).isEqualTo(1);
  }

  @Test
  void aGraceThatCouldHitTheLivingIsRefused() {
    assertThatThrownBy(() -> new GcPlanner(testing.vault, Duration.ofMinutes(5)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private GcResult collect() throws InterruptedException {
    return new GcRun(testing.vault, DAY, ManagedBackups.none())
        .run(new GcPlanner(testing.vault, DAY).plan());
  }

  private void cutShort(CatalogEntry doomed, String beforeWriting) throws InterruptedException {
    CallbackStore store = new CallbackStore(testing.memory);
    boolean[] dead = {false};
    store.beforeEachWrite(
        key -> {
          dead[0] |= key.equals(beforeWriting);
          if (dead[0]) {
            throw new DynavaultException(ErrorCode.INTERRUPTED, "killed");
          }
        });
    try {
      new DeleteRun(testing.on("killed", store), ManagedBackups.none()).delete(doomed);
    } catch (DynavaultException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED);
    }
  }

  private void assertGoodIsWhole() {
    assertThat(testing.vault.catalog().list().entries()).containsExactly(good);
    assertThat(testing.keys(good.point().export().exportPrefix())).hasSize(2);
  }
}
