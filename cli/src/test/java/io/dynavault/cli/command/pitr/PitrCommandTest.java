// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.pitr;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.cli.StubbedCli;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.testing.aws.AwsError;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PitrCommandTest {
  @TempDir private Path folder;
  private StubbedCli aws;
  private TestingCli cli;

  @BeforeEach
  void start() {
    aws = new StubbedCli(folder);
    aws.stub()
        .declareTable(
            """
            {"TableName":"Users","BillingMode":"PAY_PER_REQUEST",
             "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
             "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}
            """);
    cli = aws.cli();
  }

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void showsWhatIsUnprotectedFirst() {
    cli.run("pitr", "enable", "--table", "Orders", "--days", "7");

    Outcome status = cli.run("pitr", "status", "--all");

    assertThat(status.exitCode()).as(status.err()).isZero();
    assertThat(status.out())
        .isEqualTo(
            """
            TABLE   RECOVERY  DAYS  EARLIEST              LATEST
            Users   OFF          -  -                     -
            Orders  on           7  2026-01-02 03:04:05Z  2026-01-02 03:04:05Z
            """);
  }

  @Test
  @Tag("F19")
  void failsAPipelineWhereATableIsUnprotected() {
    cli.run("pitr", "enable", "--table", "Orders");

    assertThat(cli.run("pitr", "status", "--all", "--fail-unprotected").exitCode()).isEqualTo(4);
    assertThat(cli.run("pitr", "status", "-t", "Orders", "--fail-unprotected").exitCode()).isZero();
    assertThat(cli.run("pitr", "status", "-t", "Nobody", "--fail-unprotected").exitCode())
        .isEqualTo(10);
    assertThat(cli.run("pitr", "status").exitCode()).isEqualTo(2);
  }

  @Test
  void switchesOffOnlyWhenConfirmedAndSaysWhatIsLost() {
    cli.run("pitr", "enable", "--table", "*");

    Outcome plan = cli.run("pitr", "disable", "--table", "Ord*");

    assertThat(plan.out())
        .contains("could not be restored to these times any more", "2026-01-02 03:04:05Z");
    assertThat(aws.stub().requests("UpdateContinuousBackups")).hasSize(2);
    assertThat(cli.run("pitr", "disable", "--table", "Ord*", "--confirm").exitCode()).isZero();
    assertThat(cli.run("pitr", "status", "--all", "--json").out()).contains("\"unprotected\":1");
  }

  @Test
  void restoresTablesToATimeUnderOtherNames() {
    cli.run("pitr", "enable", "--table", "*");
    aws.stub().clock().advance(Duration.ofHours(2));

    Outcome plan =
        cli.run(
            "pitr",
            "restore",
            "-t",
            "*",
            "--to",
            "2026-01-02T05:00:00+01:00",
            "--rename",
            "*=was-*",
            "--dry-run");
    Outcome restored =
        cli.run("pitr", "restore", "-t", "Orders", "--to", "latest", "--target-table", "Orders2");

    assertThat(plan.out()).contains("was-Orders", "was-Users", "2026-01-02T04:00:00Z");
    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(aws.stub().requests("RestoreTableToPointInTime"))
        .singleElement()
        .satisfies(
            request -> assertThat(request.path("UseLatestRestorableTime").asBoolean()).isTrue());
  }

  @Test
  void refusesATimeWithoutAZoneAndATableWithoutRecovery() {
    Outcome zone = cli.run("pitr", "restore", "-t", "Orders", "--to", "2026-01-02T04:00:00");
    Outcome off =
        cli.run("pitr", "restore", "-t", "Orders", "--to", "latest", "--target-table", "Orders2");

    assertThat(zone.exitCode()).isEqualTo(2);
    assertThat(zone.err()).contains("not a time with an offset");
    assertThat(off.exitCode()).isEqualTo(1);
    assertThat(off.err()).contains("HINT: switch it on with: dynavault pitr enable --table Orders");
  }

  @Test
  @Tag("G15")
  void oneTableThatCannotBeRestoredDoesNotStopTheOthers() {
    cli.run("pitr", "enable", "--table", "*");
    aws.stub()
        .failNext("RestoreTableToPointInTime", AwsError.of("LimitExceededException", "50"), 1);

    Outcome restored =
        cli.run("pitr", "restore", "-t", "*", "--to", "latest", "--rename", "*=was-*");

    assertThat(restored.exitCode()).isEqualTo(3);
    assertThat(restored.out()).containsPattern("was-(Orders|Users)");
    assertThat(restored.err())
        .containsPattern("error: table 'was-(Orders|Users)': unable to call")
        .contains("HINT: ");
    assertThat(aws.stub().requests("RestoreTableToPointInTime")).hasSize(2);
  }

  @Test
  @Tag("G11")
  void neverRestoresOntoATable() {
    cli.run("pitr", "enable", "--table", "*");

    Outcome refused =
        cli.run("pitr", "restore", "-t", "Orders", "--to", "latest", "--target-table", "Users");

    assertThat(refused.exitCode()).isEqualTo(13);
    assertThat(aws.stub().requests("RestoreTableToPointInTime")).isEmpty();
  }
}
