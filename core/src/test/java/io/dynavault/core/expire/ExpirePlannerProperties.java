// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.delete.Protection;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.TestingPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/** Shows G6 (retention safety) on random histories of recovery points and random rules. */
class ExpirePlannerProperties {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant FUTURE = NOW.plus(ExpirePlanner.TOLERANCE);
  private static final int MANY = 10_000;
  private static final int SOME = 2_000;

  @Property(tries = MANY)
  @Tag("G6")
  void retentionIsSafe(
      @ForAll("histories") List<ExpireCandidate> history,
      @ForAll("rules") List<RetentionRule> rules) {
    ExpirePlan plan = plan(rules, history);
    Set<ExpireCandidate> removed = candidates(plan.removed());

    assertThat(plan.decisions()).hasSameSizeAs(history);
    assertThat(candidates(plan.decisions())).isEqualTo(new HashSet<>(history));
    for (ExpireCandidate gone : removed) {
      RecoveryPoint point = gone.entry().point();
      assertThat(gone.protections()).isEmpty();
      assertThat(point.startTime()).isBeforeOrEqualTo(FUTURE);
      assertThat(point.deleteAfter().filter(until -> until.isAfter(NOW))).isEmpty();
      assertThat(point.deleteAfter().isPresent() || rules.stream().anyMatch(r -> r.matches(point)))
          .isTrue();
    }
    newestGood(history).forEach(last -> assertThat(removed.contains(last)).isFalse());
    rules.forEach(
        rule -> demanded(rule, history).forEach(k -> assertThat(removed.contains(k)).isFalse()));
  }

  /** F7: whatever does not count changes nothing for what counts. */
  @Property(tries = SOME)
  @Tag("G6")
  @Tag("F7")
  void badOnesAndThoseOfTheFutureDoNotDecideOverGoodOnes(
      @ForAll("histories") List<ExpireCandidate> history,
      @ForAll("rules") List<RetentionRule> rules) {
    List<ExpireCandidate> counting =
        history.stream().filter(ExpirePlannerProperties::counts).toList();

    Set<ExpireCandidate> removedOfAll = candidates(plan(rules, history).removed());
    Set<ExpireCandidate> removedOfCounting = candidates(plan(rules, counting).removed());

    removedOfAll.removeIf(candidate -> !counts(candidate));
    assertThat(removedOfAll).isEqualTo(removedOfCounting);
  }

  /** Running it again at the same time removes nothing more. */
  @Property(tries = SOME)
  void onceIsEnough(
      @ForAll("histories") List<ExpireCandidate> history,
      @ForAll("rules") List<RetentionRule> rules) {
    List<ExpireCandidate> kept =
        plan(rules, history).kept().stream().map(ExpirePlan.Decision::candidate).toList();

    assertThat(plan(rules, kept).removed()).isEmpty();
  }

  /** One rule more never removes more. */
  @Property(tries = SOME)
  void anotherRuleForTheSameTablesOnlyKeepsMore(
      @ForAll("histories") List<ExpireCandidate> history,
      @ForAll("rules") List<RetentionRule> rules) {
    List<RetentionRule> more = new ArrayList<>(rules);
    rules.forEach(
        rule ->
            more.add(
                RetentionRule.builder()
                    .tables(rule.tables().text())
                    .keep(Period.MONTHLY, 3)
                    .build()));

    assertThat(candidates(plan(rules, history).removed()))
        .containsAll(candidates(plan(more, history).removed()));
  }

  private static ExpirePlan plan(List<RetentionRule> rules, List<ExpireCandidate> history) {
    return new ExpirePlanner(rules, LastGood.KEEP).plan(NOW, history, List.of());
  }

  private static Set<ExpireCandidate> candidates(List<ExpirePlan.Decision> decisions) {
    return decisions.stream().map(ExpirePlan.Decision::candidate).collect(Collectors.toSet());
  }

  private static boolean counts(ExpireCandidate candidate) {
    return candidate.quality() == Quality.GOOD
        && !candidate.entry().point().startTime().isAfter(FUTURE);
  }

  private static List<ExpireCandidate> newestGood(List<ExpireCandidate> history) {
    return history.stream()
        .filter(ExpirePlannerProperties::counts)
        .collect(Collectors.groupingBy(c -> c.entry().tableName()))
        .values()
        .stream()
        .map(table -> table.stream().max(BY_TIME).orElseThrow())
        .toList();
  }

  /** What a rule must keep, found in another way than the planner does. */
  private static List<ExpireCandidate> demanded(RetentionRule rule, List<ExpireCandidate> history) {
    List<ExpireCandidate> demanded = new ArrayList<>();
    for (String table : List.of("orders", "users")) {
      List<ExpireCandidate> matching =
          history.stream()
              .filter(ExpirePlannerProperties::counts)
              .filter(c -> c.entry().tableName().equals(table))
              .filter(c -> rule.tables().text().equals("*") || rule.tables().text().equals(table))
              .toList();
      for (ExpireCandidate one : matching) {
        long newer = matching.stream().filter(other -> BY_TIME.compare(other, one) > 0).count();
        boolean newestOfItsDay =
            matching.stream()
                .noneMatch(
                    other -> dayOf(other).equals(dayOf(one)) && BY_TIME.compare(other, one) > 0);
        long newerDays =
            matching.stream()
                .map(ExpirePlannerProperties::dayOf)
                .filter(day -> day.isAfter(dayOf(one)))
                .distinct()
                .count();
        int days = rule.keepPeriods().getOrDefault(Period.DAILY, 0);
        if (newer < rule.keepLast() || (newestOfItsDay && newerDays < days)) {
          demanded.add(one);
        }
      }
    }
    return demanded;
  }

  private static LocalDate dayOf(ExpireCandidate candidate) {
    return LocalDate.ofInstant(candidate.entry().point().startTime(), ZoneOffset.UTC);
  }

  private static final Comparator<ExpireCandidate> BY_TIME =
      Comparator.comparing((ExpireCandidate c) -> c.entry().point().startTime());

  @Provide
  Arbitrary<List<ExpireCandidate>> histories() {
    return candidate()
        .list()
        .uniqueElements(c -> c.entry().tableName() + c.entry().point().startTime())
        .ofMaxSize(25);
  }

  @Provide
  Arbitrary<List<RetentionRule>> rules() {
    return rule().list().ofMaxSize(3);
  }

  private static Arbitrary<ExpireCandidate> candidate() {
    Arbitrary<String> tables = Arbitraries.of("orders", "users");
    // Hours around now: some days dense with backups, some of them in the future.
    Arbitrary<Integer> hours =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-72, 48), Arbitraries.integers().between(-20_000, 100));
    Arbitrary<Quality> qualities =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(Quality.GOOD)),
            Tuple.of(2, Arbitraries.just(Quality.FILTERED)),
            Tuple.of(2, Arbitraries.just(Quality.INCREMENTAL)),
            Tuple.of(2, Arbitraries.just(Quality.DAMAGED)));
    Arbitrary<Optional<Protection.Kind>> protections =
        Arbitraries.of(Protection.Kind.class).optional(0.2);
    Arbitrary<Optional<Integer>> lifecycles =
        Arbitraries.integers().between(-100, 100).optional(0.3);
    return Combinators.combine(tables, hours, qualities, protections, lifecycles)
        .as(ExpirePlannerProperties::candidate);
  }

  private static ExpireCandidate candidate(
      String table,
      int hours,
      Quality quality,
      Optional<Protection.Kind> protection,
      Optional<Integer> lifecycle) {
    RecoveryPoint point = TestingPoints.point(table, NOW.plus(Duration.ofHours(hours)));
    if (lifecycle.isPresent()) {
      Instant until = NOW.plus(Duration.ofHours(lifecycle.get()));
      point = TestingPoints.withDeleteAfter(point, until);
    }
    return protection.isPresent()
        ? Candidates.candidate(point, quality, new Protection(protection.get(), "protected"))
        : Candidates.candidate(point, quality);
  }

  private static Arbitrary<RetentionRule> rule() {
    Arbitrary<String> tables = Arbitraries.of("*", "orders", "users");
    Arbitrary<Integer> last = Arbitraries.integers().between(0, 4);
    Arbitrary<Integer> daily = Arbitraries.integers().between(0, 5);
    Arbitrary<Integer> yearly = Arbitraries.integers().between(0, 2);
    Arbitrary<Integer> withinHours = Arbitraries.integers().between(1, 100);
    return Combinators.combine(tables, last, daily, yearly, withinHours)
        .as(
            (table, lastCount, days, years, hours) ->
                RetentionRule.builder()
                    .tables(table)
                    .keepLast(lastCount)
                    .keep(Period.DAILY, days)
                    .keep(Period.YEARLY, years)
                    .keepWithin(Duration.ofHours(hours))
                    .build());
  }
}
