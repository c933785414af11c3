// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import static io.dynavault.core.error.Failures.failure;
import static io.dynavault.core.expire.Candidates.candidate;
import static io.dynavault.core.expire.Candidates.good;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.delete.Protection;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.TestingPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Shows G6 (retention safety). */
@Tag("G6")
class ExpirePlannerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  @Tag("F6")
  void keepsTheLastOfEveryTable() {
    assertThat(
            decide(
                RetentionRule.builder().keepLast(2),
                good("orders", "2026-11-18T00:00:00Z"),
                good("orders", "2026-11-20T00:00:00Z"),
                good("orders", "2026-11-19T00:00:00Z"),
                good("users", "2026-11-01T00:00:00Z")))
        .containsExactly(
            "orders 2026-11-20T00:00:00Z KEEP: last 1, last good of table",
            "orders 2026-11-19T00:00:00Z KEEP: last 2",
            "orders 2026-11-18T00:00:00Z REMOVE: no rule keeps it",
            "users 2026-11-01T00:00:00Z KEEP: last 1, last good of table");
  }

  @Test
  void keepsWhatIsYoungerThanTheNewestByNoMoreThanTheAge() {
    assertThat(
            decide(
                RetentionRule.builder().keepWithin(Duration.ofDays(2)),
                good("orders", "2026-01-03T00:00:00Z"),
                good("orders", "2026-01-01T00:00:00Z"),
                good("orders", "2025-12-31T23:59:59Z")))
        .containsExactly(
            "orders 2026-01-03T00:00:00Z KEEP: within 2 days of the newest, last good of table",
            "orders 2026-01-01T00:00:00Z KEEP: within 2 days of the newest",
            "orders 2025-12-31T23:59:59Z REMOVE: no rule keeps it");
  }

  @Test
  void keepsTheNewestOfEachPeriodThatHasOne() {
    assertThat(
            decide(
                RetentionRule.builder()
                    .keep(Period.DAILY, 2)
                    .keep(Period.WEEKLY, 2)
                    .keep(Period.MONTHLY, 2)
                    .keep(Period.YEARLY, 2),
                good("orders", "2026-11-21T06:00:00Z"),
                good("orders", "2026-11-21T01:00:00Z"),
                good("orders", "2026-11-18T00:00:00Z"), // Wednesday of the same week
                good("orders", "2026-11-15T23:00:00Z"), // Sunday of the week before
                good("orders", "2026-10-31T00:00:00Z"),
                good("orders", "2026-09-30T00:00:00Z"),
                good("orders", "2025-01-01T00:00:00Z")))
        .containsExactly(
            "orders 2026-11-21T06:00:00Z KEEP: daily 2026-11-21, weekly 2026-W47, monthly"
                + " 2026-11, yearly 2026, last good of table",
            "orders 2026-11-21T01:00:00Z REMOVE: no rule keeps it",
            "orders 2026-11-18T00:00:00Z KEEP: daily 2026-11-18",
            "orders 2026-11-15T23:00:00Z KEEP: weekly 2026-W46",
            "orders 2026-10-31T00:00:00Z KEEP: monthly 2026-10",
            "orders 2026-09-30T00:00:00Z REMOVE: no rule keeps it",
            "orders 2025-01-01T00:00:00Z KEEP: yearly 2025");
  }

  @Test
  void daysBeginWhereTheRuleSays() {
    RetentionRule.Builder utc = RetentionRule.builder().keep(Period.DAILY, 9);
    RetentionRule.Builder tokyo =
        RetentionRule.builder().keep(Period.DAILY, 9).zone(ZoneId.of("Asia/Tokyo"));
    ExpireCandidate evening = good("orders", "2026-11-20T14:30:00Z"); // 23:30 in Tokyo
    ExpireCandidate night = good("orders", "2026-11-20T15:30:00Z"); // 00:30 in Tokyo

    assertThat(decide(utc, evening, night)).anyMatch(line -> line.contains("REMOVE"));
    assertThat(decide(tokyo, evening, night))
        .containsExactly(
            "orders 2026-11-20T15:30:00Z KEEP: daily 2026-11-21, last good of table",
            "orders 2026-11-20T14:30:00Z KEEP: daily 2026-11-20");
  }

  @Test
  void theHourThatComesTwiceIsTwoHours() {
    assertThat(
            decide(
                RetentionRule.builder().keep(Period.HOURLY, 9).zone(ZoneId.of("Europe/Berlin")),
                good("orders", "2026-10-25T00:30:00Z"), // 02:30 summer time
                good("orders", "2026-10-25T01:30:00Z"))) // 02:30 again
        .containsExactly(
            "orders 2026-10-25T01:30:00Z KEEP: hourly 2026-10-25T02:00:00+01:00, last good of"
                + " table",
            "orders 2026-10-25T00:30:00Z KEEP: hourly 2026-10-25T02:00:00+02:00");
  }

  /** F3, F7: broken and filtered ones do not push good ones out. */
  @Test
  @Tag("F3")
  @Tag("F7")
  void onlyGoodOnesCount() {
    List<ExpireCandidate> all = new ArrayList<>();
    all.add(good("orders", "2026-11-01T00:00:00Z"));
    for (int day = 10; day < 17; day++) {
      RecoveryPoint broken = TestingPoints.point("orders", "2026-11-" + day + "T00:00:00Z");
      all.add(candidate(broken, Quality.DAMAGED));
    }
    RecoveryPoint filtered = TestingPoints.point("orders", "2026-11-20T00:00:00Z");
    all.add(candidate(filtered, Quality.FILTERED));

    List<String> lines =
        decide(RetentionRule.builder().keepLast(3), all.toArray(new ExpireCandidate[0]));

    assertThat(lines)
        .contains(
            "orders 2026-11-20T00:00:00Z KEEP: last 1 of the filtered",
            "orders 2026-11-16T00:00:00Z REMOVE: damaged, and not the only one left",
            "orders 2026-11-01T00:00:00Z KEEP: last 1, last good of table");
  }

  @Test
  void aDamagedOneStaysWhereThereIsNothingElse() {
    RecoveryPoint older = TestingPoints.point("orders", "2026-11-10T00:00:00Z");
    RecoveryPoint newer = TestingPoints.point("orders", "2026-11-11T00:00:00Z");

    assertThat(
            decide(
                RetentionRule.builder().keepLast(3),
                candidate(older, Quality.DAMAGED),
                candidate(newer, Quality.DAMAGED)))
        .containsExactly(
            "orders 2026-11-11T00:00:00Z KEEP: nothing better of table is left",
            "orders 2026-11-10T00:00:00Z REMOVE: damaged, and not the only one left");
  }

  @Test
  @Tag("F7")
  @Tag("F24")
  void whatIsDatedInTheFutureIsKeptAndDoesNotCount() {
    assertThat(
            decide(
                RetentionRule.builder().keepLast(1),
                good("orders", "2036-01-01T00:00:00Z"),
                good("orders", "2026-11-21T12:10:00Z"), // within the tolerance of clocks
                good("orders", "2026-11-20T00:00:00Z")))
        .containsExactly(
            "orders 2036-01-01T00:00:00Z KEEP: dated in the future: 2036-01-01T00:00:00Z",
            "orders 2026-11-21T12:10:00Z KEEP: last 1, last good of table",
            "orders 2026-11-20T00:00:00Z REMOVE: no rule keeps it");
  }

  @Test
  void withoutRulesOnlyLifecyclesRemove() {
    RecoveryPoint ended = lasting("2026-11-01T00:00:00Z", "2026-11-15T00:00:00Z");
    RecoveryPoint lives = lasting("2026-11-02T00:00:00Z", "2026-12-01T00:00:00Z");

    assertThat(
            lines(
                new ExpirePlanner(List.of(), LastGood.KEEP),
                candidate(ended, Quality.GOOD),
                candidate(lives, Quality.GOOD),
                good("orders", "2026-11-03T00:00:00Z")))
        .containsExactly(
            "orders 2026-11-03T00:00:00Z KEEP: no rule is about it, last good of table",
            "orders 2026-11-02T00:00:00Z KEEP: lifecycle until 2026-12-01T00:00:00Z",
            "orders 2026-11-01T00:00:00Z REMOVE: lifecycle ended at 2026-11-15T00:00:00Z");
  }

  @Test
  void anEndedLifecycleDoesNotRemoveWhatARuleKeepsNorTheLastGoodOne() {
    RecoveryPoint ended = lasting("2026-11-01T00:00:00Z", "2026-11-15T00:00:00Z");

    assertThat(decide(RetentionRule.builder().keepLast(1), candidate(ended, Quality.GOOD)))
        .containsExactly("orders 2026-11-01T00:00:00Z KEEP: last 1, last good of table");
    assertThat(lines(new ExpirePlanner(List.of(), LastGood.KEEP), candidate(ended, Quality.GOOD)))
        .containsExactly("orders 2026-11-01T00:00:00Z KEEP: last good of table");
    assertThat(
            lines(
                new ExpirePlanner(List.of(), LastGood.MAY_REMOVE), candidate(ended, Quality.GOOD)))
        .containsExactly(
            "orders 2026-11-01T00:00:00Z REMOVE: lifecycle ended at 2026-11-15T00:00:00Z");
  }

  @Test
  void whatIsProtectedIsKeptForThatReason() {
    RecoveryPoint old = TestingPoints.point("orders", "2026-11-01T00:00:00Z");
    Protection lock = new Protection(Protection.Kind.LOCK, "locked until 2026-12-01T00:00:00Z");

    assertThat(
            decide(
                RetentionRule.builder().keepLast(1),
                candidate(old, Quality.GOOD, lock),
                good("orders", "2026-11-02T00:00:00Z")))
        .contains("orders 2026-11-01T00:00:00Z KEEP: locked until 2026-12-01T00:00:00Z");
  }

  @Test
  void aRuleIsAboutTheTablesAndTagsThatItNames() {
    RecoveryPoint tagged =
        TestingPoints.withTags(
            TestingPoints.point("prod-users", "2026-11-02T00:00:00Z"), Map.of("plan", "nightly"));

    assertThat(
            decide(
                RetentionRule.builder()
                    .tables("prod-*")
                    .tags(Map.of("plan", "nightly"))
                    .keepLast(1),
                good("dev-users", "2026-11-01T00:00:00Z"),
                good("prod-users", "2026-11-03T00:00:00Z"),
                candidate(tagged, Quality.GOOD)))
        .containsExactly(
            "dev-users 2026-11-01T00:00:00Z KEEP: no rule is about it, last good of table",
            "prod-users 2026-11-03T00:00:00Z KEEP: no rule is about it, last good of table",
            "prod-users 2026-11-02T00:00:00Z KEEP: last 1");
  }

  @Test
  void changesNeverTakeThePlaceOfAFullBackup() {
    assertThat(
            decide(
                RetentionRule.builder().keepLast(1),
                incremental("2026-11-21T00:00:00Z"),
                good("orders", "2026-11-20T00:00:00Z"),
                good("orders", "2026-11-19T00:00:00Z")))
        .containsExactly(
            "orders 2026-11-21T00:00:00Z KEEP: last 1 of the incremental",
            "orders 2026-11-20T00:00:00Z KEEP: last 1, last good of table",
            "orders 2026-11-19T00:00:00Z REMOVE: no rule keeps it");
  }

  @Test
  void keepsWhatKeptChangesBuildOnBackToAFullBackup() {
    assertThat(
            decide(
                RetentionRule.builder().keepLast(1),
                good("orders", "2026-11-21T12:00:00Z"),
                incremental("2026-11-21T04:00:00Z"), // 03:00 to 04:00
                incremental("2026-11-21T03:00:00Z"),
                incremental("2026-11-21T02:00:00Z"),
                good("orders", "2026-11-21T01:00:00Z"),
                incremental("2026-11-21T00:30:00Z"),
                good("orders", "2026-11-20T00:00:00Z")))
        .containsExactly(
            "orders 2026-11-21T12:00:00Z KEEP: last 1, last good of table",
            "orders 2026-11-21T04:00:00Z KEEP: last 1 of the incremental",
            "orders 2026-11-21T03:00:00Z KEEP: changes that are kept build on it",
            "orders 2026-11-21T02:00:00Z KEEP: changes that are kept build on it",
            "orders 2026-11-21T01:00:00Z KEEP: changes that are kept build on it",
            "orders 2026-11-21T00:30:00Z REMOVE: no rule keeps it",
            "orders 2026-11-20T00:00:00Z REMOVE: no rule keeps it");
  }

  /** A scan within a window is not what the window goes on from. */
  @Test
  void keepsTheExportThatAWindowBeginsWithAndNotAScanMeanwhile() {
    Instant ten = Instant.parse("2026-11-21T10:00:00Z");
    RecoveryPoint template = TestingPoints.awsExport("orders", ten);
    RecoveryPoint base =
        new RecoveryPoint(
            template.id(),
            template.method(),
            template.table(),
            ten,
            ten,
            template.content(),
            template.consistency(),
            false,
            template.deleteAfter(),
            template.tags(),
            template.toolVersion());

    assertThat(
            decide(
                RetentionRule.builder().keepLast(1),
                good("orders", "2026-11-21T12:00:00Z"),
                incremental("2026-11-21T11:00:00Z"), // 10:00 to 11:00
                good("orders", "2026-11-21T10:30:00Z"),
                candidate(base, Quality.GOOD)))
        .containsExactly(
            "orders 2026-11-21T12:00:00Z KEEP: last 1, last good of table",
            "orders 2026-11-21T11:00:00Z KEEP: last 1 of the incremental",
            "orders 2026-11-21T10:30:00Z REMOVE: no rule keeps it",
            "orders 2026-11-21T10:00:00Z KEEP: changes that are kept build on it");
  }

  private static ExpireCandidate incremental(String start) {
    return candidate(
        TestingPoints.incremental("orders", Instant.parse(start)), Quality.INCREMENTAL);
  }

  @Test
  void aRuleThatKeepsNothingIsRefused() {
    failure(ErrorCode.CONFIG_INVALID, () -> RetentionRule.builder().build());
    failure(ErrorCode.CONFIG_INVALID, () -> RetentionRule.builder().keepLast(-1).build());
    failure(
        ErrorCode.CONFIG_INVALID, () -> RetentionRule.builder().keepWithin(Duration.ZERO).build());
  }

  private static RecoveryPoint lasting(String start, String deleteAfter) {
    return TestingPoints.withDeleteAfter(
        TestingPoints.point("orders", start), Instant.parse(deleteAfter));
  }

  private static List<String> decide(RetentionRule.Builder rule, ExpireCandidate... candidates) {
    return lines(new ExpirePlanner(List.of(rule.build()), LastGood.KEEP), candidates);
  }

  private static List<String> lines(ExpirePlanner planner, ExpireCandidate... candidates) {
    return planner.plan(NOW, List.of(candidates), List.of()).decisions().stream()
        .map(ExpirePlannerTest::line)
        .toList();
  }

  private static String line(ExpirePlan.Decision decision) {
    RecoveryPoint point = decision.candidate().entry().point();
    return point.tableName()
        + " "
        + point.startTime()
        + " "
        + decision.action()
        + ": "
        + decision.reasons().stream().map(Reason::text).collect(Collectors.joining(", "));
  }
}
