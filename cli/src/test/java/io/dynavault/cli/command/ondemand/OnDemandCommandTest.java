// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.ondemand;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.StubbedCli;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.testing.aws.AwsError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnDemandCommandTest {
  @TempDir private Path folder;
  private StubbedCli aws;
  private TestingCli cli;

  @BeforeEach
  void start() {
    aws = new StubbedCli(folder);
    cli = aws.cli();
    cli.run("vault", "create");
  }

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void aBackupThatAwsKeepsIsListedRestoredAndDeletedLikeAnyOther() {
    aws.stub().doneAfterLooks(2);
    Outcome backup = cli.run("backup", "-t", "Orders", "--method", "on-demand");
    assertThat(backup.exitCode()).as(backup.err()).isZero();
    JsonNode point = cli.run("list", "--json").json().at("/recoveryPoints/0");
    assertThat(point.path("method").asText()).isEqualTo("ON_DEMAND");
    assertThat(cli.run("verify", "latest").exitCode()).isZero();

    Outcome restore = cli.run("restore", "Orders", "--target-table", "Orders2");

    assertThat(restore.exitCode()).as(restore.err()).isZero();
    assertThat(restore.out()).contains("Orders2", "/backup/");
    assertThat(aws.stub().requests("RestoreTableFromBackup")).hasSize(1);
    Outcome deleted = cli.run("delete", point.path("recoveryPointId").asText(), "--confirm");
    assertThat(deleted.exitCode()).as(deleted.err()).isZero();
    assertThat(aws.stub().requests("DeleteBackup")).hasSize(1);
  }

  @Test
  void printsThePlanOfABackup() {
    Outcome plan = cli.run("backup", "-t", "Orders", "--method", "on-demand", "--dry-run");

    assertThat(plan.out())
        .isEqualTo(
            """
            TABLE   BACKUP                            ITEMS  SIZE
            Orders  dynavault-Orders-20260102-030405     ~1  ~0 B

            Nothing was done. Run it without --dry-run to back up.
            """);
    assertThat(aws.stub().requests("CreateBackup")).isEmpty();
  }

  @Test
  void autoScansIntoAVaultThatIsNotInS3AndSaysWhy() {
    Outcome backup = cli.run("backup", "-t", "Orders", "--method", "auto", "--json");

    assertThat(backup.exitCode()).as(backup.err()).isZero();
    assertThat(backup.out())
        .contains("\"method\":\"SCAN\"", "\"chosenBecause\":\"the vault is not in S3");
  }

  @Test
  void listsWhatIsAtAwsAndWhetherItIsRecorded() {
    cli.run("backup", "-t", "Orders", "--method", "on-demand");
    String foreign = foreignBackup();

    JsonNode list = cli.run("on-demand", "list", "--table", "Ord*", "--json").json();

    assertThat(list.path("backups")).hasSize(2);
    assertThat(list.at("/backups/0/backupName").asText()).isEqualTo("by-hand");
    assertThat(list.at("/backups/0/recorded").asBoolean()).isFalse();
    assertThat(list.at("/backups/1/recorded").asBoolean()).isTrue();
    assertThat(cli.run("on-demand", "describe", foreign).out())
        .contains("by-hand", "available", "Recorded  no");
  }

  /** Names take up to 255 characters: what is alike stands before them. */
  @Test
  void longNamesDoNotPullTheColumnsApart() {
    String name =
        "nightly-of-the-production-tables-before-the-migration-to-version-2-" + "x".repeat(80);
    aws.createBackup("by-hand");
    aws.createBackup(name);

    String[] lines = cli.run("on-demand", "list", "--table", "Orders").out().split("\n", -1);

    assertThat(lines[0]).startsWith("TABLE").containsSubsequence("AGE", "RECORDED", "NAME");
    assertThat(lines[0].indexOf("NAME")).isLessThan(80);
    assertThat(List.of(lines).subList(1, 3))
        .allSatisfy(
            line ->
                assertThat(line.substring(lines[0].indexOf("NAME")))
                    .matches("(by-hand|" + name + ") +arn:aws:dynamodb.*"));
  }

  @Test
  void recordsABackupThatSomebodyElseHasMade() {
    String foreign = foreignBackup();

    Outcome adopted = cli.run("on-demand", "adopt", foreign, "--delete-after", "35d");

    assertThat(adopted.exitCode()).as(adopted.err()).isZero();
    assertThat(adopted.out()).contains("with the settings that table Orders has now");
    assertThat(cli.run("list", "--json").json().at("/recoveryPoints/0/method").asText())
        .isEqualTo("ON_DEMAND");
  }

  @Test
  void tellsATableByItsCreationWhereTheEndpointGivesNoIds() {
    aws.stub().leaveOut("TableId");
    String foreign = foreignBackup();

    Outcome adopted = cli.run("on-demand", "adopt", foreign);
    Outcome plan = cli.run("restore", foreign, "--target-table", "Copy", "--dry-run");

    assertThat(adopted.exitCode()).as(adopted.err()).isZero();
    assertThat(adopted.out()).contains("with the settings that table Orders has now");
    assertThat(plan.out()).contains("the settings are those that table 'Orders' has now");
  }

  @Test
  void deletesOnlyWhatTheVaultDoesNotKnowAndOnlyWhenConfirmed() {
    cli.run("backup", "-t", "Orders", "--method", "on-demand");
    String recorded =
        cli.run("on-demand", "list", "--json").json().at("/backups/0/backupArn").asText();
    String foreign = foreignBackup();

    Outcome refused = cli.run("on-demand", "delete", recorded, "--confirm");
    Outcome planned = cli.run("on-demand", "delete", foreign);

    assertThat(refused.exitCode()).isEqualTo(13);
    assertThat(refused.err()).contains("HINT: delete it with its record: dynavault delete");
    assertThat(planned.out()).contains("TO DELETE", "Nothing was done");
    assertThat(aws.stub().requests("DeleteBackup")).isEmpty();
    assertThat(cli.run("on-demand", "delete", foreign, "--confirm").exitCode()).isZero();
    assertThat(cli.run("on-demand", "list", "--json").json().path("backups")).hasSize(1);
  }

  @Test
  @Tag("G12")
  void restoresABackupByItsArnWithoutAVault() {
    String foreign = foreignBackup();

    Outcome plan = cli.run("restore", foreign, "--target-table", "Copy", "--dry-run");
    Outcome restored = cli.run("restore", foreign, "--target-table", "Copy", "--validate=counts");

    assertThat(plan.out()).contains("Copy", "the settings are those that table 'Orders' has now");
    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(restored.out()).contains("validated Copy: 1 item, 1 expected");
  }

  @Test
  void refusesWhatAwsCannotDoAndSaysWhatElse() {
    String foreign = foreignBackup();

    Outcome items = cli.run("restore", foreign, "--target-table", "Copy", "--key", "pk=a");
    Outcome into = cli.run("restore", foreign, "--on-conflict", "overwrite");

    assertThat(items.exitCode()).isEqualTo(2);
    assertThat(items.err()).contains("HINT: restore to a new table first");
    assertThat(into.exitCode()).isEqualTo(2);
    assertThat(into.err()).contains("dynavault compare");
    assertThat(cli.run("restore", foreign).exitCode()).isEqualTo(13);
  }

  /** The ARN of a backup that was not made here. */
  /** As the runbook of a deleted table says. */
  @Test
  void aDeletedTableComesBackAsItWasAtItsLastMoment() {
    cli.run("pitr", "enable", "-t", "Orders");
    cli.run("backup", "-t", "Orders", "--method", "on-demand");
    aws.deleteOrders();
    aws.stub().clock().advance(Duration.ofSeconds(10));
    JsonNode system = cli.run("on-demand", "list", "--type", "system", "--json").json();
    String arn = system.at("/backups/0/backupArn").asText();

    Outcome adopted = cli.run("on-demand", "adopt", arn);
    Outcome restored = cli.run("restore", "Orders");

    assertThat(adopted.exitCode()).as(adopted.err()).isZero();
    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(restored.out()).contains("pointInTimeRecovery put back");
    assertThat(aws.stub().requests("RestoreTableFromBackup"))
        .singleElement()
        .satisfies(request -> assertThat(request.path("BackupArn").asText()).isEqualTo(arn));
    assertThat(cli.run("pitr", "status", "-t", "Orders").out()).contains("on");
  }

  @Test
  @Tag("G15")
  void oneTableThatFailsDoesNotStopTheOthers() {
    declareUsers();
    aws.stub().failNext("CreateBackup", AwsError.accessDenied("dynamodb:CreateBackup", "*"), 1);

    Outcome backup = cli.run("backup", "-t", "*", "--method", "on-demand");

    assertThat(backup.exitCode()).isEqualTo(3);
    assertThat(backup.err()).contains("HINT: grant dynamodb:CreateBackup");
    JsonNode points = cli.run("list", "--json").json().path("recoveryPoints");
    assertThat(points).hasSize(1);
    String failed = points.get(0).path("tableName").asText().equals("Users") ? "Orders" : "Users";
    assertThat(backup.err())
        .contains("error: table '%s': unable to call CreateBackup: ".formatted(failed));
  }

  @Test
  @Tag("F21")
  void neitherCredentialsNorItemsAreTold() {
    cli.run("backup", "-t", "Orders", "--method", "on-demand", "--verbose");
    String foreign = foreignBackup();
    aws.stub().failNext("DeleteBackup", AwsError.of("ExpiredTokenException", "expired"), 2);

    List<Outcome> runs =
        List.of(
            cli.run("on-demand", "list", "--verbose"),
            cli.run("on-demand", "describe", foreign, "--verbose"),
            cli.run("on-demand", "delete", foreign, "--confirm", "--verbose"),
            cli.run("restore", foreign, "--target-table", "Copy", "--validate", "--verbose"),
            cli.run("pitr", "enable", "-t", "Orders", "--verbose"),
            cli.run("pitr", "restore", "-t", "Orders", "--to", "latest", "--target-table", "Was"),
            cli.run("advise", "-t", "Orders", "--verbose"));

    assertThat(runs.get(2).exitCode()).isEqualTo(12);
    assertThat(runs)
        .allSatisfy(
            run -> assertThat(run.out() + run.err()).doesNotContain("stub-secret", "canary-item"));
  }

  private void declareUsers() {
    aws.stub()
        .declareTable(
            """
            {"TableName":"Users","BillingMode":"PAY_PER_REQUEST",
             "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
             "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}
            """);
  }

  private String foreignBackup() {
    aws.stub().clock().advance(Duration.ofMinutes(5));
    return aws.createBackup("by-hand");
  }
}
