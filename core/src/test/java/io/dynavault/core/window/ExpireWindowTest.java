// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.expire.ExpirePlan;
import io.dynavault.core.expire.ExpirePlanner;
import io.dynavault.core.expire.ExpireResult;
import io.dynavault.core.expire.ExpireRun;
import io.dynavault.core.expire.ExpireSurvey;
import io.dynavault.core.expire.LastGood;
import io.dynavault.core.expire.Period;
import io.dynavault.core.expire.RetentionRule;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules for recovery points, and a window for continuous backups, in one expiry. */
@Tag("G6")
class ExpireWindowTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final RetentionRule LAST = RetentionRule.builder().keepLast(1).build();

  private final TestingWindow table = new TestingWindow();
  private final CatalogEntry first = table.base();

  @Test
  void withoutAWindowNoRuleShortensWhatCanBeRestored() throws Exception {
    table.capture(DAY);
    CatalogEntry second = table.base();
    table.capture(DAY);
    CatalogEntry third = table.base();
    table.capture(Duration.ofHours(1));

    ExpirePlan plan = plan(LAST, Optional.empty());

    assertThat(removed(plan)).containsExactly(second.id());
    assertThat(plan.chains()).isEmpty();
    run(plan);
    assertThat(table.isRestorable(table.log.chain().started().plusSeconds(60))).isTrue();
    assertThat(ids(plan)).contains(first.id(), third.id());
  }

  @Test
  void theBaseThatTheWindowBeginsWithOutlivesItsRulesAndThoseBeforeItGo() throws Exception {
    table.capture(DAY);
    CatalogEntry second = table.base();
    table.capture(DAY);
    CatalogEntry third = table.base();
    table.capture(DAY);

    ExpirePlan plan = plan(LAST, Optional.of(DAY.plusHours(5)));

    assertThat(removed(plan)).containsExactly(first.id());
    assertThat(ids(plan)).contains(second.id(), third.id());
    ExpireResult result = run(plan);
    assertThat(result.removed()).extracting(CatalogEntry::id).containsExactly(first.id());
    assertThat(result.chains()).hasSize(1).noneMatch(chain -> chain.failure().isPresent());
    assertThat(table.isRestorable(table.latest().orElseThrow().minus(DAY.plusHours(5)))).isTrue();
    assertThat(table.isRestorable(table.log.chain().started().plusSeconds(60))).isFalse();
  }

  @Test
  void monthlyFullsOutliveTheWindow() throws Exception {
    for (int month = 0; month < 4; month++) {
      table.capture(Duration.ofHours(3));
      table.base();
      table.testing.time.pass(Duration.ofDays(31));
      table.capture(Duration.ofHours(3));
    }
    RetentionRule monthly = RetentionRule.builder().keep(Period.MONTHLY, 12).build();

    ExpirePlan plan = plan(monthly, Optional.of(DAY.multipliedBy(35)));
    run(plan);

    assertThat(removed(plan)).containsExactly(first.id()); // there is a later one of its month
    assertThat(table.log.bases()).hasSize(2);
    assertThat(ids(plan(monthly, Optional.of(DAY)))).hasSize(4);
  }

  private ExpirePlan plan(RetentionRule rule, Optional<Duration> window) throws Exception {
    return new ExpireSurvey(table.testing.vault, ManagedBackups.none())
        .plan(new ExpirePlanner(List.of(rule), LastGood.KEEP, window));
  }

  private ExpireResult run(ExpirePlan plan) throws Exception {
    return new ExpireRun(table.testing.vault, LastGood.KEEP, ManagedBackups.none()).run(plan);
  }

  private static List<RecoveryPointId> removed(ExpirePlan plan) {
    return plan.removed().stream().map(decision -> decision.candidate().entry().id()).toList();
  }

  private static List<RecoveryPointId> ids(ExpirePlan plan) {
    return plan.kept().stream().map(decision -> decision.candidate().entry().id()).toList();
  }
}
