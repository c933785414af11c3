// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.managed.ManagedBackupState;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.managed.TestingBackups;
import io.dynavault.core.vault.CallbackStore;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.core.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ExpireRunTest {
  private static final ExpirePlanner KEEP_ONE =
      new ExpirePlanner(List.of(RetentionRule.builder().keepLast(1).build()), LastGood.KEEP);

  private final TestingVault testing = new TestingVault();
  private final CatalogEntry first = testing.commit("orders", "2026-11-18T00:00:00Z");
  private final CatalogEntry second = testing.commit("orders", "2026-11-19T00:00:00Z");
  private final CatalogEntry third = testing.commit("orders", "2026-11-20T00:00:00Z");

  @Test
  @Tag("G7")
  void planningTouchesNothing() throws Exception {
    List<String> before = testing.keys("recovery-points/");

    ExpirePlan plan = new ExpireSurvey(testing.vault, ManagedBackups.none()).plan(KEEP_ONE);

    assertThat(plan.removed()).hasSize(2);
    assertThat(plan.removedBytes())
        .isEqualTo(first.point().storedBytes() + second.point().storedBytes());
    assertThat(testing.keys("recovery-points/")).isEqualTo(before);
  }

  @Test
  void aManagedBackupThatAwsHasLostIsNoReasonToRemoveAnother() throws Exception {
    TestingBackups backups = new TestingBackups();
    Instant newest = Instant.parse("2026-11-21T00:00:00Z");
    CatalogEntry managed = testing.commit(TestingPoints.onDemand("orders", newest));

    ExpirePlan plan = new ExpireSurvey(testing.vault, backups).plan(KEEP_ONE);
    assertThat(plan.kept().get(0).candidate().entry()).isEqualTo(managed);

    backups.set(managed.point(), ManagedBackupState.Status.ABSENT);
    plan = new ExpireSurvey(testing.vault, backups).plan(KEEP_ONE);
    assertThat(plan.kept().get(0).candidate().entry()).isEqualTo(third);
  }

  /** Of a table that AWS tells nothing about, all stays that rules keep; the others go on. */
  @Test
  @Tag("G6")
  void aBackupThatAwsTellsNothingAboutStopsNoOtherTable() throws Exception {
    CatalogEntry managed =
        testing.commit(TestingPoints.onDemand("orders", Instant.parse("2026-11-21T00:00:00Z")));
    CatalogEntry old = testing.commit("customers", "2026-11-18T00:00:00Z");
    testing.commit("customers", "2026-11-19T00:00:00Z");

    ExpireResult result = run(testing.vault, KEEP_ONE);

    assertThat(result.removed()).containsExactlyInAnyOrder(old, first, second);
    assertThat(result.failed())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.entry()).isEqualTo(managed);
              assertThat(failed.reason().code()).isEqualTo(ErrorCode.UNSUPPORTED);
            });
    assertThat(testing.vault.catalog().exists("orders", third.id())).isTrue();
    assertThat(testing.vault.catalog().exists("orders", managed.id())).isTrue();
  }

  @Test
  void changesAreOfAQualityOfTheirOwn() throws Exception {
    Instant newest = Instant.parse("2026-11-21T00:00:00Z");
    CatalogEntry changes = testing.commit(TestingPoints.incremental("orders", newest));

    ExpirePlan plan = new ExpireSurvey(testing.vault, ManagedBackups.none()).plan(KEEP_ONE);

    assertThat(plan.kept())
        .extracting(kept -> kept.candidate().quality())
        .containsExactly(Quality.INCREMENTAL, Quality.GOOD);
    assertThat(plan.kept().get(0).candidate().entry()).isEqualTo(changes);
  }

  @Test
  void removesWhatThePlanRemoves() throws Exception {
    ExpireResult result = run(testing.vault, KEEP_ONE);

    assertThat(result.removed()).containsExactly(first, second);
    assertThat(result.held()).isEmpty();
    assertThat(result.failed()).isEmpty();
    assertThat(testing.vault.catalog().list().entries()).containsExactly(third);
  }

  /** F2: whatever the plan said, what a restore reads now is left alone. */
  @Test
  @Tag("F2")
  void aRestoreThatBeganAfterThePlanKeepsItsPoint() throws Exception {
    ExpirePlan plan = new ExpireSurvey(testing.vault, ManagedBackups.none()).plan(KEEP_ONE);
    Mark reading = testing.on("restorer").protect(first.point());

    ExpireResult result =
        new ExpireRun(testing.vault, LastGood.KEEP, ManagedBackups.none()).run(plan);

    assertThat(result.removed()).containsExactly(second);
    assertThat(result.held()).extracting(ExpireResult.NotRemoved::entry).containsExactly(first);
    assertThat(result.failed()).isEmpty();
    reading.close();
  }

  /** F17: a store that refuses is no failure of the run and stops nothing. */
  @Test
  @Tag("F17")
  void whatTheStoreRefusesIsHeldAndTheOthersGo() throws Exception {
    CallbackStore store = new CallbackStore(testing.memory);
    store.beforeEachWrite(
        key -> {
          if (key.equals("recovery-points/orders/" + first.id() + ".json")) {
            throw new DynavaultException(ErrorCode.ACCESS_DENIED, "object lock");
          }
        });

    ExpireResult result = run(testing.on("here", store), KEEP_ONE);

    assertThat(result.held()).extracting(ExpireResult.NotRemoved::entry).containsExactly(first);
    assertThat(result.removed()).containsExactly(second);
    assertThat(testing.keys("deletions/")).isEmpty();
  }

  /** F3: backups without their files do not count, so the good one before them stays. */
  @Test
  @Tag("F3")
  void aPointWithoutItsFilesDoesNotCount() throws Exception {
    testing.memory.delete(third.point().files().get(0).key());
    testing.memory.delete(second.point().files().get(0).key());

    ExpireResult result = run(testing.vault, KEEP_ONE);

    assertThat(result.removed()).containsExactly(second, third);
    assertThat(testing.vault.catalog().list().entries()).containsExactly(first);
  }

  /** F18: one unreadable record stops nothing and is not removed. */
  @Test
  @Tag("F18")
  void anUnreadableRecordIsReportedAndStays() throws Exception {
    String key = "recovery-points/orders/01795253400123-0a1b2c3d.json";
    testing.memory.put(key, "garbage".getBytes(StandardCharsets.UTF_8));

    ExpirePlan plan = new ExpireSurvey(testing.vault, ManagedBackups.none()).plan(KEEP_ONE);
    ExpireResult result =
        new ExpireRun(testing.vault, LastGood.KEEP, ManagedBackups.none()).run(plan);

    assertThat(plan.unreadable()).hasSize(1);
    assertThat(result.removed()).containsExactly(first, second);
    assertThat(testing.keys(key)).hasSize(1);
  }

  @Test
  void aPlanWhoseKeptPointsAreGoneRemovesNothing() throws Exception {
    ExpirePlan plan = new ExpireSurvey(testing.vault, ManagedBackups.none()).plan(KEEP_ONE);
    testing.memory.delete("recovery-points/orders/" + third.id() + ".json");

    ExpireResult result =
        new ExpireRun(testing.vault, LastGood.KEEP, ManagedBackups.none()).run(plan);

    assertThat(result.removed()).isEmpty();
    assertThat(result.failed())
        .allSatisfy(f -> assertThat(f.reason().hint()).isEqualTo("plan again"))
        .hasSize(2);
  }

  @Test
  void whatAnotherRunHasRemovedIsNoFailure() throws Exception {
    ExpirePlan plan = new ExpireSurvey(testing.vault, ManagedBackups.none()).plan(KEEP_ONE);
    run(testing.on("other"), KEEP_ONE);

    ExpireResult result =
        new ExpireRun(testing.vault, LastGood.KEEP, ManagedBackups.none()).run(plan);

    assertThat(result.removed()).isEmpty();
    assertThat(result.failed()).isEmpty();
  }

  @Test
  void filteredPointsAreRecognised() throws Exception {
    testing.commit(TestingPoints.filtered(TestingPoints.point("orders", "2026-11-21T00:00:00Z")));

    ExpireResult result = run(testing.vault, KEEP_ONE);

    assertThat(result.removed()).containsExactly(first, second);
  }

  private static ExpireResult run(Vault vault, ExpirePlanner planner) throws InterruptedException {
    return new ExpireRun(vault, LastGood.KEEP, ManagedBackups.none())
        .run(new ExpireSurvey(vault, ManagedBackups.none()).plan(planner));
  }
}
