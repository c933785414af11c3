// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.VaultLock;
import io.dynavault.core.window.ChainDecision.Extent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("F12")
@Tag("G6")
class WindowRunTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final TestingWindow table = new TestingWindow();
  private final CatalogEntry first = table.base();

  @Test
  void everySecondOfTheWindowStaysRestorable() throws Exception {
    table.capture(DAY);
    CatalogEntry second = table.base();
    table.capture(DAY.multipliedBy(3));
    Instant latest = table.log.last().orElseThrow().completeTo();

    ChainDecision decision = table.expire(DAY.multipliedBy(2)).get(0);

    assertThat(decision.extent()).isEqualTo(Extent.BEGINNING);
    assertThat(decision.released()).containsExactly(first.id());
    assertThat(decision.needed()).contains(second.id());
    assertThat(decision.reason()).startsWith("the window of 2 days begins with base");
    for (Duration back = Duration.ZERO;
        back.compareTo(DAY.multipliedBy(2)) <= 0;
        back = back.plusSeconds(1777)) {
      assertThat(table.isRestorable(latest.minus(back))).as("back %s", back).isTrue();
    }
    assertThat(table.orphans()).isEmpty();
    assertThat(table.commitKeys().size()).isBetween(3 * 72, 3 * 72 + 3);
  }

  @Test
  void theRecoveryPointOfAReleasedBaseStays() throws Exception {
    table.capture(DAY);
    table.base();
    table.capture(DAY);
    table.expire(Duration.ofHours(5));
    assertThat(table.testing.vault.catalog().exists("orders", first.id())).isTrue();
    assertThat(table.log.bases()).extracting(Base::recoveryPoint).doesNotContain(first.id());
  }

  @Test
  void withoutABaseBeforeTheWindowEverythingStays() throws Exception {
    table.capture(DAY);
    table.base();
    ChainDecision decision = table.expire(DAY.multipliedBy(30)).get(0);
    assertThat(decision.extent()).isEqualTo(Extent.NOTHING);
    assertThat(decision.needed()).contains(first.id());
    assertThat(table.commitKeys()).hasSize(72);
  }

  @Test
  void aBaseWhoseFilesAreGoneIsNoneToRestOn() throws Exception {
    table.capture(DAY);
    CatalogEntry damaged = table.base();
    table.capture(DAY.multipliedBy(3));
    table.testing.memory.delete(damaged.point().files().get(0).key());
    ChainDecision decision = table.expire(DAY).get(0);
    assertThat(decision.needed()).contains(first.id());
    assertThat(decision.extent()).isEqualTo(Extent.NOTHING);
  }

  @Test
  void whereNobodyCapturesAnyMoreNothingMoreExpires() throws Exception {
    table.capture(DAY);
    table.base();
    table.capture(DAY);
    table.testing.time.pass(DAY.multipliedBy(400));
    ChainDecision decision = table.expire(DAY.multipliedBy(2)).get(0);
    assertThat(decision.extent()).isEqualTo(Extent.NOTHING);
    assertThat(table.commitKeys()).hasSize(144);
  }

  @Test
  void aHeldBaseKeepsWhatFollowsIt() throws Exception {
    table.capture(DAY);
    table.base();
    table.capture(DAY);
    table.hold(first);
    ChainDecision decision = table.expire(Duration.ofHours(5)).get(0);
    assertThat(decision.extent()).isEqualTo(Extent.NOTHING);
    assertThat(decision.reason()).contains("held by").contains("audit");
    assertThat(table.isRestorable(table.log.chain().started().plusSeconds(60))).isTrue();
  }

  @Test
  void aHoldThatComesBetweenPlanAndRunIsRespected() throws Exception {
    table.capture(DAY);
    table.base();
    table.capture(DAY);
    List<ChainDecision> plan = table.plan(Duration.ofHours(5));
    table.hold(first);
    failure(ErrorCode.LOCKED, () -> new WindowRun(table.testing.vault).run(plan.get(0)));
    assertThat(table.commitKeys()).hasSize(144);
  }

  @Test
  void whatIsReadStays() throws Exception {
    table.capture(DAY);
    table.base();
    table.capture(DAY);
    List<ChainDecision> plan = table.plan(Duration.ofHours(5));
    for (String id : List.of(first.id().value(), table.log.chain().id().value())) {
      try (Mark mark =
          table.testing.on("elsewhere").leases().mark(Mark.Kind.READING, "orders", id)) {
        assertThat(mark.kind()).isEqualTo(Mark.Kind.READING);
        assertThat(table.plan(Duration.ofHours(5)).get(0).extent()).isEqualTo(Extent.NOTHING);
        failure(ErrorCode.LEASE_HELD, () -> new WindowRun(table.testing.vault).run(plan.get(0)));
      }
    }
    assertThat(table.commitKeys()).hasSize(144);
  }

  @Test
  void theLockKeepsYoungCommits() throws Exception {
    table.capture(DAY);
    table.base();
    table.capture(DAY.multipliedBy(2));
    table.testing.vault.lockLog().lock(VaultLock.governance(2, OptionalInt.empty()));
    ChainDecision decision = table.expire(Duration.ofHours(5)).get(0);
    Instant young = table.testing.time.instant().minus(DAY.multipliedBy(2));
    assertThat(decision.extent()).isEqualTo(Extent.BEGINNING);
    assertThat(table.log.commits(table.log.firstNumber(), table.log.firstNumber()).get(0).written())
        .isBetween(young.minus(Duration.ofHours(2)), young);
  }

  @Test
  void theLockKeepsAYoungBase() throws Exception {
    table.testing.vault.lockLog().lock(VaultLock.governance(9, OptionalInt.empty()));
    table.capture(DAY);
    table.base();
    table.capture(DAY);
    ChainDecision decision = table.expire(Duration.ofHours(5)).get(0);
    assertThat(decision.extent()).isEqualTo(Extent.NOTHING);
    assertThat(decision.reason()).contains("locked until");
  }

  @Test
  void aChainThatEndedBeforeTheWindowGoesAsAWhole() throws Exception {
    table.capture(DAY);
    table.end();
    ChainLog old = table.log;
    table.begin();
    table.base();
    table.capture(DAY.multipliedBy(3));
    List<ChainDecision> decisions = table.expire(DAY);
    assertThat(decisions)
        .extracting(ChainDecision::extent)
        .containsExactly(Extent.WHOLE, Extent.NOTHING);
    assertThat(table.testing.keys(old.chain().keys().folder())).isEmpty();
    assertThat(table.backups.ids("orders")).containsExactly(table.log.chain().id());
  }

  @Test
  void aChainThatHasNotEndedIsNotTakenAsAWhole() throws Exception {
    table.capture(DAY);
    ChainLog open = table.log;
    table.begin();
    table.base();
    table.capture(DAY.multipliedBy(3));
    assertThat(table.expire(DAY)).extracting(ChainDecision::extent).doesNotContain(Extent.WHOLE);
    assertThat(open.last().orElseThrow().number()).isEqualTo(72);
  }

  @Test
  void aChainThatEndedWithinTheWindowStays() throws Exception {
    table.capture(DAY);
    table.end();
    table.begin();
    table.base();
    table.capture(DAY.multipliedBy(3));
    assertThat(table.expire(DAY.multipliedBy(4)))
        .extracting(ChainDecision::extent)
        .containsExactly(Extent.NOTHING, Extent.NOTHING);
  }

  @Test
  void theCaptureGoesOnBehindWhatHasExpired() throws Exception {
    table.capture(DAY);
    table.base();
    table.capture(DAY);
    table.expire(Duration.ofHours(5));
    table.capture(DAY);
    table.base();
    table.capture(DAY);
    table.expire(Duration.ofHours(5));
    assertThat(table.testing.keys(table.log.chain().keys().expired())).hasSize(1);
    assertThat(table.orphans()).isEmpty();
    assertThat(table.isRestorable(table.log.last().orElseThrow().completeTo())).isTrue();
  }

  @Test
  void aDamagedCommitKeepsAll() throws Exception {
    table.capture(DAY);
    table.base();
    table.capture(DAY);
    table.testing.memory.put(table.log.chain().keys().commit(5), new byte[] {'{'});
    table.testing.memory.delete(
        table.log.chain().keys().hour(table.log.chain().started().plus(Duration.ofHours(2))));
    ChainDecision decision = table.expire(Duration.ofHours(5)).get(0);
    assertThat(decision.extent()).isEqualTo(Extent.NOTHING);
    assertThat(decision.reason()).startsWith("cannot be read");
  }
}
