// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expire.ExpireCandidate;
import io.dynavault.core.expire.ExpirePlan;
import io.dynavault.core.expire.ExpirePlanner;
import io.dynavault.core.expire.ExpireResult;
import io.dynavault.core.expire.ExpireRun;
import io.dynavault.core.expire.ExpireSurvey;
import io.dynavault.core.expire.LastGood;
import io.dynavault.core.expire.Quality;
import io.dynavault.core.expire.Reason;
import io.dynavault.core.expire.RetentionRule;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A full export of midnight, and the windows of the three hours that follow. */
@Tag("F6")
class DeleteChainTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");

  private final TestingVault testing = new TestingVault();
  private final CatalogEntry base = testing.commit(TestingPoints.awsExport("orders", MIDNIGHT));
  private final CatalogEntry first = window(1);
  private final CatalogEntry second = window(2);
  private final CatalogEntry third = window(3);
  private final DeleteRun run = new DeleteRun(testing.vault, ManagedBackups.none());

  @Test
  void theBaseOfAChainIsRefusedAndItsWindowsAreNamed() {
    DynavaultException refused = failure(ErrorCode.RECOVERY_POINT_NEEDED, () -> run.delete(base));

    assertThat(refused)
        .hasMessage(
            ("unable to delete recovery point '%s' of table 'orders': it is needed by 3 incremental"
                    + " exports that build on it: %s, %s, %s")
                .formatted(base.id(), third.id(), second.id(), first.id()));
    assertThat(refused.hint()).contains("--with-dependents");
    assertThat(testing.keys("recovery-points/")).hasSize(4);
    assertThat(testing.keys("deletions/")).isEmpty();
    assertThat(testing.keys("locks/deleting/")).isEmpty();
  }

  @Test
  void aWindowWithinAChainIsRefusedAndTheLastIsNot() throws InterruptedException {
    assertThat(failure(ErrorCode.RECOVERY_POINT_NEEDED, () -> run.delete(second)))
        .hasMessageContaining("1 incremental export that builds on it: " + third.id());

    run.delete(third);
    run.delete(second);
    run.delete(first);
    run.delete(base);

    assertThat(testing.keys("")).noneMatch(key -> key.startsWith("exports/"));
  }

  @Test
  void whatLeadsThereByAnotherWayIsNotNeeded() throws InterruptedException {
    CatalogEntry newer = testing.commit(TestingPoints.awsExport("orders", at(2)));

    assertThat(new Dependents(testing.vault.catalog()).of(base)).containsExactly(second, first);
    run.delete(second);
    run.delete(first);
    run.delete(base);

    assertThat(failure(ErrorCode.RECOVERY_POINT_NEEDED, () -> run.delete(newer)))
        .hasMessageContaining(third.id().value());
  }

  @Test
  void aWindowWithoutABaseNeedsNothing() throws InterruptedException {
    CatalogEntry stray = window(9);
    CatalogEntry later = window(10);

    run.delete(stray);

    assertThat(new Dependents(testing.vault.catalog()).of(later)).isEmpty();
  }

  @Test
  void aWindowRecordedSinceTheLastLookIsSeen() throws InterruptedException {
    run.delete(third);
    CatalogEntry again = window(4, 2, 3);

    assertThat(failure(ErrorCode.RECOVERY_POINT_NEEDED, () -> run.delete(second)))
        .hasMessageContaining(again.id().value());
  }

  @Test
  void aPlanOrdersWindowsFirstAndRefusesWhatStaysNeeded() throws InterruptedException {
    DeletePlan all = plan(List.of(base, first, second, third));
    assertThat(all.steps())
        .extracting(DeletePlan.Step::entry)
        .containsExactly(third, second, first, base);
    assertThat(all.steps()).noneMatch(DeletePlan.Step::isRefused);

    testing.vault.holds().hold("orders", second.id(), new Hold("audit", "ann@here", MIDNIGHT));
    DeletePlan held = plan(List.of(base, first, second, third));
    assertThat(held.steps())
        .extracting(DeletePlan.Step::isRefused)
        .containsExactly(false, true, true, true);
    assertThat(held.steps().get(3).protections())
        .singleElement()
        .satisfies(reason -> assertThat(reason.kind()).isEqualTo(Protection.Kind.CHAIN))
        .satisfies(reason -> assertThat(reason.text()).contains("2 incremental exports"));
  }

  @Test
  void dependentsAreAddedInTheOrderInWhichTheyCanGo() {
    Dependents dependents = new Dependents(testing.vault.catalog());

    assertThat(dependents.with(List.of(first))).containsExactly(third, second, first);
    assertThat(dependents.with(List.of(base, second))).containsExactly(third, second, first, base);
  }

  @Test
  void expireKeepsTheBaseWhileAWindowIsKeptAndSaysSo() throws InterruptedException {
    testing.commit(TestingPoints.awsExport("orders", at(8)));
    ExpirePlanner keepOne =
        new ExpirePlanner(List.of(RetentionRule.builder().keepLast(1).build()), LastGood.KEEP);

    ExpirePlan plan = new ExpireSurvey(testing.vault, ManagedBackups.none()).plan(keepOne);

    assertThat(plan.removed()).isEmpty();
    assertThat(plan.kept())
        .filteredOn(kept -> List.of(base, first, second).contains(kept.candidate().entry()))
        .hasSize(3)
        .allSatisfy(
            kept ->
                assertThat(kept.reasons())
                    .containsExactly(
                        new Reason(Reason.Kind.CHAIN, "changes that are kept build on it")));
  }

  /** A plan can be old: what was recorded since keeps what it needs. */
  @Test
  void expireHoldsWhatIsNeededSinceThePlan() throws InterruptedException {
    testing.commit("orders", "2026-11-22T00:00:00Z");
    List<CatalogEntry> doomed = new ArrayList<>(List.of(third, second, first, base));
    ExpirePlan plan = removing(doomed);
    CatalogEntry newer = window(4);

    ExpireResult result =
        new ExpireRun(testing.vault, LastGood.MAY_REMOVE, ManagedBackups.none()).run(plan);

    assertThat(result.removed()).isEmpty();
    assertThat(result.failed()).isEmpty();
    assertThat(result.held()).hasSize(4);
    assertThat(result.held().get(0).reason()).hasMessageContaining(newer.id().value());

    run.delete(newer);
    ExpireResult later =
        new ExpireRun(testing.vault, LastGood.MAY_REMOVE, ManagedBackups.none()).run(plan);
    assertThat(later.removed()).containsExactly(third, second, first, base);
  }

  private ExpirePlan removing(List<CatalogEntry> entries) {
    List<ExpirePlan.Decision> decisions = new ArrayList<>();
    for (CatalogEntry entry : entries) {
      decisions.add(
          new ExpirePlan.Decision(
              new ExpireCandidate(entry, Quality.GOOD, List.of()),
              ExpirePlan.Action.REMOVE,
              List.of(new Reason(Reason.Kind.NOT_KEPT, "no rule keeps it"))));
    }
    Collections.shuffle(decisions, new Random(7));
    return new ExpirePlan(decisions, List.of(), List.of());
  }

  private DeletePlan plan(List<CatalogEntry> entries) throws InterruptedException {
    return new DeletePlanner(testing.vault).plan(entries);
  }

  private CatalogEntry window(int end) {
    return window(end, end - 1, end);
  }

  private CatalogEntry window(int made, int from, int to) {
    return testing.commit(
        TestingPoints.incremental("orders", at(made).plusSeconds(60), at(from), at(to)));
  }

  private static Instant at(int hour) {
    return MIDNIGHT.plus(Duration.ofHours(hour));
  }
}
