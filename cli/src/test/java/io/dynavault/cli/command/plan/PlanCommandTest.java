// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.cli.StubbedCli;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
  private static final String PLAN =
      """
      plan: nightly
      rules:
        - name: daily
          vault: main
          schedule: daily at 03:00
          delete-after: 30d
      selections:
        - name: tagged
          role: arn:aws:iam::111122223333:role/backup
          tags: [BackupEnabled=true]
      vaults:
        - name: main
          policy: deny-deletion
      restore-tests:
        - name: monthly
          schedule: monthly on day 1 at 04:00
          selections:
            - name: all
              role: arn:aws:iam::111122223333:role/backup
      """;

  @TempDir private Path folder;
  private StubbedCli aws;
  private TestingCli cli;

  @BeforeEach
  void start() throws IOException {
    aws = new StubbedCli(folder);
    cli = aws.cli();
    write(PLAN);
  }

  @AfterEach
  void close() {
    aws.close();
  }

  private void write(String yaml) throws IOException {
    Files.writeString(folder.resolve("plan.yaml"), yaml);
  }

  @Test
  void printsTheDifferenceAndActsOnlyWhenConfirmed() {
    Outcome diff = cli.run("plan", "apply", "plan.yaml");

    assertThat(diff.exitCode()).isZero();
    assertThat(diff.out())
        .startsWith(
            """
            + create vault main
                + policy: {"Statement"\
            """)
        .contains(
            """
            + create plan nightly
                + rules.daily.completion-window: 7d
                + rules.daily.delete-after: 30d
                + rules.daily.schedule: cron(0 3 * * ? *)
                + rules.daily.start-window: 8h
                + rules.daily.time-zone: UTC
                + rules.daily.vault: main
            + create selection tagged
                + role: arn:aws:iam::111122223333:role/backup
                + tags: BackupEnabled=true
            """)
        .endsWith(
            """

            5 changes

            Nothing was done. Add --confirm to do it.
            """);
    assertThat(aws.stub().calls()).noneMatch(call -> call.startsWith("Create"));
  }

  @Test
  void appliesOnceAndThenHasNothingToDo() {
    Outcome applied = cli.run("plan", "apply", "plan.yaml", "--confirm");
    assertThat(applied.err()).contains("done: create vault main", "done: create selection tagged");
    assertThat(applied.out()).endsWith("applied\n");

    Outcome again = cli.run("plan", "apply", "plan.yaml", "--confirm");
    assertThat(again.out()).isEqualTo("plan nightly is as the document says\n");
    assertThat(again.err()).isEmpty();
    assertThat(cli.run("plan", "diff", "plan.yaml").exitCode()).isZero();
    assertThat(cli.run("plan", "list").out()).contains("nightly", "never");
    assertThat(cli.run("aws-backup", "testing").out())
        .contains("monthly", "cron(0 4 1 * ? *)", "all");
  }

  @Test
  void diffEndsWith4WhereSomethingDiffers() throws IOException {
    cli.run("plan", "apply", "plan.yaml", "--confirm");
    write(PLAN.replace("30d", "60d").replace("BackupEnabled=true", "backup=daily"));

    Outcome diff = cli.run("plan", "diff", "plan.yaml");

    assertThat(diff.exitCode()).isEqualTo(4);
    assertThat(diff.out())
        .isEqualTo(
            """
            ~ change plan nightly
                ~ rules.daily.delete-after: 30d -> 60d
            ~ replace selection tagged
                ~ tags: BackupEnabled=true -> backup=daily

            2 changes
            """);
    assertThat(cli.run("plan", "diff", "plan.yaml", "--json").json().at("/changes/0/fields/0"))
        .hasToString(
            "{\"path\":\"rules.daily.delete-after\",\"before\":\"30d\",\"after\":\"60d\"}");
  }

  @Test
  void exportsADocumentThatChangesNothing() throws IOException {
    cli.run("plan", "apply", "plan.yaml", "--confirm");

    Outcome export = cli.run("plan", "export", "nightly", "--restore-test", "monthly");
    cli.reading(export.out());

    assertThat(cli.run("plan", "diff", "-").out())
        .isEqualTo("plan nightly is as the document says\n");
    cli.reading(export.out().replace("plan:", "paln:"));
    assertThat(cli.run("plan", "diff", "-").err())
        .startsWith("error: unable to use plan 'standard input': line 1: ");
    assertThat(cli.run("plan", "export", "nightly", "--output", "copy.yaml").exitCode()).isZero();
    assertThat(folder.resolve("copy.yaml")).content().startsWith("plan: nightly\n");
    assertThat(cli.run("plan", "export", "nightly", "--output", "copy.yaml").exitCode())
        .isEqualTo(13);
    assertThat(cli.run("plan", "export", "other").exitCode()).isEqualTo(10);
  }

  @Test
  void namesMistakesWithTheirLines() throws IOException {
    write(PLAN.replace("delete-after", "delete-aftr"));

    Outcome refused = cli.run("plan", "diff", "plan.yaml");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            """
            error: unable to use plan 'plan.yaml': line 6: there is no field 'rules[0].delete-aftr' (did you mean 'delete-after'?)
            HINT: docs/reference/plan-document.md lists all fields
            """);
    assertThat(aws.stub().calls()).isEmpty();
    assertThat(cli.run("plan", "diff", "nowhere.yaml").err()).contains("no such file");
  }

  @Test
  void deletesAPlanOnlyWhenConfirmed() {
    cli.run("plan", "apply", "plan.yaml", "--confirm");

    assertThat(cli.run("plan", "delete", "nightly").out())
        .startsWith("would delete plan nightly with 1 rule and 1 selection\n");
    assertThat(cli.run("plan", "delete", "nightly", "--confirm").out())
        .isEqualTo("deleted plan nightly with 1 rule and 1 selection\n");
    assertThat(cli.run("plan", "list").out()).isEqualTo("no plans\n");
  }
}
