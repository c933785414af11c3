// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.aws.awsbackup.TestingAwsBackup;
import io.dynavault.aws.awsbackup.VaultNotifications;
import io.dynavault.aws.awsbackup.VaultPolicy;
import io.dynavault.aws.awsbackup.VaultRetention;
import io.dynavault.aws.awsbackup.plan.PlanSelection.Condition;
import io.dynavault.aws.awsbackup.plan.PlanSelection.Operator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.ListArbitrary;

class PlanDocumentProperties {

  @Property(tries = 40)
  void whatIsWrittenIsReadAgain(@ForAll("documents") PlanDocument document) {
    assertThat(DocumentReader.read("plan", DocumentWriter.write(document))).isEqualTo(document);
  }

  /** Two documents of one plan, one after the other: each is as it says, and exports itself. */
  @Property(tries = 4)
  void applyingTwiceChangesNothingAndSoDoesApplyingTheExport(
      @ForAll("documents") PlanDocument first, @ForAll("documents") PlanDocument second) {
    try (TestingAwsBackup aws = new TestingAwsBackup()) {
      List.of("main", "other").forEach(aws::vault);
      for (PlanDocument document : List.of(first, second)) {
        AccountReader reader = new AccountReader(aws.client());
        PlanDiff diff = PlanDiff.of(document, reader.read(document));
        new PlanApply(aws.client(), aws.random()).apply(diff, change -> {});

        assertThat(PlanDiff.of(document, reader.read(document)).changes()).isEmpty();
        PlanDocument exported =
            reader.export(
                document.name(),
                document.restoreTests().stream().map(RestoreTest::name).toList(),
                note -> fail(note));
        assertThat(PlanDiff.of(exported, reader.read(exported)).changes()).isEmpty();
        assertThat(exported.rules()).containsExactlyInAnyOrderElementsOf(document.rules());
        assertThat(exported.selections())
            .containsExactlyInAnyOrderElementsOf(document.selections());
      }
    }
  }

  @Provide
  Arbitrary<PlanDocument> documents() {
    return Combinators.combine(
            wanted(tags()),
            named(rules(), PlanRule::name).ofMinSize(1).ofMaxSize(3),
            named(selections(), PlanSelection::name).ofMaxSize(3),
            named(vaults(), PlanVault::name).ofMaxSize(2),
            named(restoreTests(), RestoreTest::name).ofMaxSize(2))
        .as(
            (tags, rules, selections, vaults, tests) ->
                new PlanDocument(
                    "nightly", tags, rules, selections, vaults, tests, PlanDocument.Removals.NONE));
  }

  private static <T> ListArbitrary<T> named(Arbitrary<T> things, Function<T, String> name) {
    return things.list().uniqueElements(name);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of("daily", "weekly", "yes", "1", "null", "a-b_c.d");
  }

  private static Arbitrary<Map<String, String>> tags() {
    return Arbitraries.maps(
            Arbitraries.of("team", "on", "a b", "ключ", "k:1"),
            Arbitraries.of("shop", "", "no", "1.0", "# x", "a: b", "'\"", "line\nbreak", "~"))
        .ofMaxSize(3);
  }

  private static <T> Arbitrary<Wanted<T>> wanted(Arbitrary<T> values) {
    return Arbitraries.oneOf(Arbitraries.just(Wanted.asItIs()), values.map(Wanted::of));
  }

  private static <T> Arbitrary<Wanted<T>> wantedOrNone(Arbitrary<T> values) {
    return Arbitraries.oneOf(wanted(values), Arbitraries.just(Wanted.none()));
  }

  private static Arbitrary<Lifecycle> lifecycles() {
    return Arbitraries.of(
        Lifecycle.FOR_EVER,
        Lifecycle.deleteAfter(35),
        new Lifecycle(OptionalInt.of(30), OptionalInt.of(120)),
        new Lifecycle(OptionalInt.of(1), OptionalInt.empty()));
  }

  private static Arbitrary<PlanSchedule> schedules() {
    return Combinators.combine(
            Arbitraries.of("daily at 03:00", "weekly on sat at 23:59", "every 6 hours"),
            Arbitraries.of("UTC", "Europe/Berlin"))
        .as(PlanSchedule::parse);
  }

  private static Arbitrary<PlanRule> rules() {
    Arbitrary<List<PlanCopy>> copies =
        named(
                Combinators.combine(
                        Arbitraries.of(
                            "arn:aws:backup:eu-west-1:111122223333:backup-vault:dr",
                            "arn:aws:backup:eu-west-1:444455556666:backup-vault:dr"),
                        lifecycles())
                    .as(PlanCopy::new),
                PlanCopy::vaultArn)
            .ofMaxSize(2);
    return Combinators.combine(
            names(),
            Arbitraries.of("main", "other"),
            schedules(),
            Arbitraries.of(60, 90, 480, 1440).map(Duration::ofMinutes),
            Arbitraries.of(60, 10_080, 525_601).map(Duration::ofMinutes),
            lifecycles(),
            copies,
            tags())
        .as(PlanRule::new);
  }

  private static Arbitrary<PlanSelection> selections() {
    Arbitrary<List<String>> resources =
        Arbitraries.of("*", "arn:aws:dynamodb:*:*:table/a*", "arn:aws:rds:*:*:db:*")
            .list()
            .ofMinSize(1)
            .ofMaxSize(3);
    Arbitrary<List<PlanSelection.Tag>> tags =
        Arbitraries.of(new PlanSelection.Tag("a", "1"), new PlanSelection.Tag("b=", "=c"))
            .list()
            .ofMaxSize(2)
            .filter(list -> list.stream().noneMatch(tag -> tag.key().contains("=")));
    Arbitrary<List<Condition>> conditions =
        Combinators.combine(
                Arbitraries.of(Operator.values()),
                Arbitraries.of("stage", "no"),
                Arbitraries.of("test*", "", "on"))
            .as(Condition::new)
            .list()
            .ofMaxSize(3);
    return Combinators.combine(
            names(),
            Arbitraries.of(TestingAwsBackup.ROLE, TestingAwsBackup.ROLE + "2"),
            resources,
            resources,
            tags,
            conditions)
        .as(PlanSelection::new);
  }

  private static Arbitrary<PlanVault> vaults() {
    return Combinators.combine(
            Arbitraries.of("main", "other", "new"),
            wanted(tags()),
            // Without a longest retention, for that refuses rules that keep backups for ever.
            wantedOrNone(
                Arbitraries.of(
                    new VaultRetention(OptionalInt.of(7), OptionalInt.empty(), OptionalInt.empty()),
                    new VaultRetention(
                        OptionalInt.of(9), OptionalInt.empty(), OptionalInt.of(30)))),
            wantedOrNone(
                Arbitraries.of(
                    VaultPolicy.denyDeletion(List.of()),
                    VaultPolicy.denyDeletion(List.of(TestingAwsBackup.ROLE)))),
            wantedOrNone(
                Arbitraries.of(
                    new VaultNotifications(
                        "arn:aws:sns:us-east-1:111122223333:x", VaultNotifications.JOB_EVENTS))))
        .as(
            (name, tags, lock, policy, notifications) ->
                new PlanVault(name, Optional.empty(), tags, lock, policy, notifications));
  }

  private static Arbitrary<RestoreTest> restoreTests() {
    Arbitrary<RestoreTest.Selection> selections =
        Combinators.combine(Arbitraries.of("s_1", "s_2"), tags(), tags(), Arbitraries.of(0, 24))
            .as(
                (name, equal, notEqual, hours) ->
                    new RestoreTest.Selection(
                        name,
                        TestingAwsBackup.ROLE,
                        List.of("*"),
                        equal,
                        notEqual,
                        Map.of("encryptionType", "Default"),
                        hours));
    return Combinators.combine(
            Arbitraries.of("monthly", "weekly_1"),
            schedules(),
            Arbitraries.of(1, 24, 168),
            Arbitraries.of(RestoreTest.Pick.values()),
            Arbitraries.of(1, 30, 365),
            named(selections, RestoreTest.Selection::name).ofMaxSize(2))
        .as(
            (name, schedule, hours, pick, days, list) ->
                new RestoreTest(name, schedule, hours, pick, List.of("*"), List.of(), days, list));
  }
}
