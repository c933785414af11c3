// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dynavault.core.lease.Mark;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RestoreRecord;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What restores leave in a vault, and when it goes. */
class GcRestoresTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final TestingVault testing = new TestingVault();
  private final CatalogEntry good = testing.commit("orders", "2026-11-20T00:00:00Z");
  private final RecoveryPoint killed = TestingPoints.point("orders", "2026-11-21T00:00:00Z");

  @Test
  void theJournalOfARestoreCanBeResumedForADayAndWhileARestoreIsAtWork() throws Exception {
    beginRestore(good.point(), false);
    Mark reading =
        testing.on("restoring").leases().mark(Mark.Kind.READING, "orders", "" + good.id());
    testing.time.every(Duration.ofSeconds(10), reading::renew);
    testing.time.pass(DAY.multipliedBy(2));
    assertThat(new GcPlanner(testing.vault, DAY).plan().left())
        .extracting(GcPlan.Left::reason)
        .containsExactly("a restore may be at work");

    reading.close();
    GcResult result = collect();

    assertThat(result.removed())
        .extracting(Debris::kind)
        .containsExactly(Debris.Kind.RESTORE_JOURNAL);
    assertThat(testing.keys("restores/")).isEmpty();
    assertThat(testing.vault.catalog().list().entries()).containsExactly(good);
    assertThat(testing.keys(good.point().export().exportPrefix())).hasSize(2);
  }

  @Test
  void theJournalOfAKilledRestoreIsLeftForADay() throws Exception {
    beginRestore(good.point(), false);
    testing.time.pass(DAY.minusSeconds(1));

    GcPlan plan = new GcPlanner(testing.vault, DAY).plan();

    assertThat(plan.debris()).isEmpty();
    assertThat(plan.left())
        .extracting(GcPlan.Left::reason)
        .singleElement()
        .asString()
        .startsWith("it can be resumed; counts as given up from ");
  }

  @Test
  void theJournalsOfRestoresThatEndedOrHaveNoRecoveryPointGoAtOnce() throws Exception {
    beginRestore(good.point(), true);
    beginRestore(killed, false);

    assertThat(collect().removed())
        .extracting(Debris::kind, debris -> debris.point().id())
        .containsExactlyInAnyOrder(
            tuple(Debris.Kind.RESTORE_JOURNAL, good.id().value()),
            tuple(Debris.Kind.RESTORE_JOURNAL, killed.id().value()));
    assertThat(testing.keys("restores/")).isEmpty();
  }

  private void beginRestore(RecoveryPoint point, boolean ended) {
    RestoreRecord.Target copy = new RestoreRecord.Target("copy", "arn:copy", "id-of-copy");
    testing
        .vault
        .restores()
        .begin(
            new RestoreRecord(
                point.tableName(), point.id(), copy, "", testing.time.instant(), ended));
  }

  private GcResult collect() throws InterruptedException {
    return new GcRun(testing.vault, DAY, ManagedBackups.none())
        .run(new GcPlanner(testing.vault, DAY).plan());
  }
}
