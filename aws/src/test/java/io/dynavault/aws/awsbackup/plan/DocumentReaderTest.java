// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentReaderTest {
  static final String WHOLE =
      """
      plan: nightly
      method: aws-backup
      tags:
        team: shop
      rules:
        - name: daily
          vault: main
          schedule: daily at 03:00
          time-zone: Europe/Berlin
          start-window: 60min
          completion-window: 3h
          cold-after: 30d
          delete-after: 1y
          tags:
            made-by: nightly
          copies:
            - vault: arn:aws:backup:eu-west-1:111122223333:backup-vault:dr
              delete-after: 13w
      selections:
        - name: tagged
          role: arn:aws:iam::111122223333:role/backup
          resources: [orders, 'prod-*']
          not-resources: ['arn:aws:dynamodb:*:*:table/tmp-*']
          tags: [backup=daily]
          conditions:
            - {tag: stage, not-like: 'test*'}
      vaults:
        - name: main
          tags: {}
          lock:
            min-retention: 7d
            max-retention: 365d
          policy: deny-deletion
          notifications:
            topic: arn:aws:sns:eu-west-1:111122223333:backups
            events: [BACKUP_JOB_COMPLETED]
        - name: other
          lock: none
          policy: none
          notifications: none
      restore-tests:
        - name: monthly
          schedule: monthly on day 1 at 04:00
          pick: random
          vaults: ['arn:aws:backup:eu-west-1:111122223333:backup-vault:main']
          not-older-than: 10d
          selections:
            - name: orders
              role: arn:aws:iam::111122223333:role/backup
              tags:
                backup: daily
              keep-for: 4h
      delete:
        selections: [old]
      """;

  private static PlanDocument read(String yaml) {
    return DocumentReader.read("plan.yaml", yaml);
  }

  @ParameterizedTest
  @CsvSource({"aws, aws", "aws-cn, aws-cn", "aws-us-gov, aws-us-gov"})
  void tablesAreInThePartitionOfTheRole(String role, String table) {
    PlanDocument plan =
        read(WHOLE.replace("arn:aws:iam::111122223333", "arn:" + role + ":iam::111122223333"));

    assertThat(plan.selections().get(0).resources())
        .containsExactly(
            "arn:" + table + ":dynamodb:*:*:table/orders",
            "arn:" + table + ":dynamodb:*:*:table/prod-*");
  }

  /** AWS Backup Developer Guide, "Backup and tag copy": it keeps its source's expiration date. */
  @Test
  void aCopyThatWouldGoWithItsSourceIsNotSaidToStayForEver() {
    String yaml =
        """
        plan: nightly
        rules:
          - name: daily
            vault: main
            schedule: daily at 03:00
            delete-after: 30d
            copies:
              - vault: arn:aws:backup:us-east-1:111122223333:backup-vault:dr
                delete-after: never
        """;

    assertThatThrownBy(() -> read(yaml))
        .hasMessageEndingWith(
            "line 9: rules[0].copies[0].delete-after: AWS Backup takes 'never' for as long as the"
                + " source, 30 days: write 36500d");
    assertThat(read(yaml.replace("30d", "never")).rules().get(0).copies()).hasSize(1);
  }

  @Test
  void readsAWholeDocument() {
    PlanDocument plan = read(WHOLE);

    assertThat(plan.name()).isEqualTo("nightly");
    assertThat(plan.tags()).isEqualTo(Wanted.of(Map.of("team", "shop")));
    assertThat(plan.rules())
        .containsExactly(
            new PlanRule(
                "daily",
                "main",
                new PlanSchedule("cron(0 3 * * ? *)", "Europe/Berlin"),
                Duration.ofHours(1),
                Duration.ofHours(3),
                new Lifecycle(OptionalInt.of(30), OptionalInt.of(365)),
                List.of(
                    new PlanCopy(
                        "arn:aws:backup:eu-west-1:111122223333:backup-vault:dr",
                        Lifecycle.deleteAfter(91))),
                Map.of("made-by", "nightly")));
    PlanSelection selection = plan.selections().get(0);
    assertThat(selection.resources())
        .containsExactly("arn:aws:dynamodb:*:*:table/orders", "arn:aws:dynamodb:*:*:table/prod-*");
    assertThat(selection.conditions())
        .containsExactly(
            new PlanSelection.Condition(PlanSelection.Operator.NOT_LIKE, "stage", "test*"));
    assertThat(plan.vaults().get(0).policy().value().orElseThrow())
        .contains("backup:DeleteRecoveryPoint");
    assertThat(plan.vaults().get(1).lock()).isEqualTo(Wanted.none());
    assertThat(plan.restoreTests().get(0).selections().get(0).validationWindowHours()).isEqualTo(4);
    assertThat(plan.removals().selections()).containsExactly("old");
  }

  @Test
  void writesWhatItReads() {
    assertThat(read(DocumentWriter.write(read(WHOLE)))).isEqualTo(read(WHOLE));
  }

  @Test
  void takesAwsDefaultsWhereNothingIsSaid() {
    PlanDocument plan =
        read(
            """
            plan: p
            rules:
              - {name: r, vault: main, schedule: daily at 03:00}
            """);

    assertThat(plan.rules().get(0).startWindow()).isEqualTo(Duration.ofHours(8));
    assertThat(plan.rules().get(0).completionWindow()).isEqualTo(Duration.ofDays(7));
    assertThat(plan.rules().get(0).lifecycle()).isEqualTo(Lifecycle.FOR_EVER);
    assertThat(plan.tags()).isEqualTo(Wanted.asItIs());
  }

  @Test
  void namesAllMistakesWithTheirLines() {
    DynavaultException failure =
        catchThrowableOfType(
            DynavaultException.class,
            () ->
                read(
                    """
                    plan: p
                    rules:
                      - name: r
                        vault: main
                        schedul: daily at 03:00
                        start-window: 30min
                        cold-after: 30d
                        delete-after: 100d
                    selections:
                      - name: s
                        role: backup
                    """));

    assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
    assertThat(failure)
        .hasMessage(
            "unable to use plan 'plan.yaml':"
                + " line 3: 'rules[0].schedule' is missing;"
                + " line 5: there is no field 'rules[0].schedul' (did you mean 'schedule'?);"
                + " line 6: rules[0].start-window: '30min' is not within 60min and 100 years, which"
                + " AWS Backup takes;"
                + " line 8: rules[0].delete-after: deletion after 100 days has to be at least 90"
                + " days after the move to cold storage, which is after 30;"
                + " line 10: selections[0]: it selects nothing: give 'resources', 'tags' or both;"
                + " line 11: selections[0].role: 'backup' is not an ARN such as"
                + " arn:aws:iam::111122223333:role/backup");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plan: nightly | plan: a b | line 1: plan: 'a b' is not 1 to 200 characters",
        "method: aws-backup | method: scan | line 2: method: 'scan' is not a method",
        "schedule: daily at 03:00 | schedule: cron(0 3 * * *) | has 5 fields, not six",
        "vault: main | vault: m | 'm' is not 2 to 50 characters",
        "delete-after: 13w | delete-after: 40000d | not within 1 to 36500 days",
        "delete-after: 1y | delete-after: soon | 'soon' is not a span of time",
        "delete-after: 1y | delete-after: [1y] | 'rules[0].delete-after' has to be one value",
        "not-like: 'test*' | unlike: x | it needs one of 'equals', 'not-equals', 'like'",
        "[backup=daily] | [backup] | 'backup' is not of the form KEY=VALUE",
        "min-retention: 7d | min-retention: 400d | is above the longest, 365",
        "policy: deny-deletion | policy: deny | policy: it is not JSON",
        "BACKUP_JOB_COMPLETED | BACKUP_JOB_COMPLETE | (did you mean 'BACKUP_JOB_COMPLETED'?)",
        "pick: random | pick: newest | 'newest' is neither latest nor random",
        "name: monthly | name: month-ly | 'month-ly' is not 1 to 50 characters of a-z",
        "keep-for: 4h | keep-for: 200h | 200 hours are not within 0 and 168",
        "[old] | [tagged] | delete.selections: 'tagged' is wanted above",
        "name: other | name: main | two are called 'main'"
      })
  void refusesWhatAwsWouldRefuse(String right, String wrong, String problem) {
    assertThat(WHOLE).contains(right);

    assertThatThrownBy(() -> read(WHOLE.replace(right, wrong)))
        .isInstanceOf(DynavaultException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void refusesWhatIsNoDocument() {
    assertThatThrownBy(() -> read("- a")).hasMessageContaining("it is not a list of");
    assertThatThrownBy(() -> read("plan: [")).hasMessageContaining("line 1");
    assertThatThrownBy(() -> read("")).isInstanceOf(DynavaultException.class);
    assertThatThrownBy(() -> read("plan: !!java.net.URL [x]"))
        .isInstanceOf(DynavaultException.class);
    assertThatThrownBy(() -> read("plan: a\nplan: b\nrules: []"))
        .isInstanceOf(DynavaultException.class);
    assertThatThrownBy(() -> read("plan: p\nrules: &a [x, y]\nselections: [*a, *a]"))
        .isInstanceOf(DynavaultException.class);
  }

  @Test
  void refusesMoreThanAwsTakes() {
    StringBuilder rules = new StringBuilder("plan: p\nrules:\n");
    for (int i = 0; i < 11; i++) {
      rules.append("  - {name: r" + i + ", vault: main, schedule: hourly}\n");
    }

    assertThatThrownBy(() -> read(rules.toString()))
        .hasMessageContaining("11 are more than AWS Backup takes, 10");
  }

  @Test
  void takesAPolicyAsYamlOrAsJson() {
    String yaml = WHOLE.replace("policy: deny-deletion", "policy: {Version: '2012-10-17'}");
    String json = WHOLE.replace("deny-deletion", "'{ \"Version\":\"2012-10-17\" }'");

    assertThat(read(yaml).vaults().get(0).policy())
        .isEqualTo(Wanted.of("{\"Version\":\"2012-10-17\"}"))
        .isEqualTo(read(json).vaults().get(0).policy());
  }
}
