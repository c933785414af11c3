// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.cli.StubbedCli;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsBackupCommandTest {
  @TempDir private Path folder;
  private StubbedCli aws;
  private TestingCli cli;

  @BeforeEach
  void start() {
    aws = new StubbedCli(folder);
    cli = aws.cli();
    cli.run("aws-backup", "vault", "create", "main");
  }

  @AfterEach
  void close() {
    aws.close();
  }

  private Outcome backup(String... args) {
    String[] line = new String[args.length + 1];
    line[0] = "aws-backup";
    System.arraycopy(args, 0, line, 1, args.length);
    return cli.run(line);
  }

  @Test
  void listsVaults() {
    backup("vault", "lock", "main", "--min-retention-days", "7", "--confirm");

    assertThat(backup("vault", "list").out())
        .isEqualTo(
            """
            VAULT  RECOVERY POINTS  LOCK                         CREATED
            main                 0  governance, at least 7 days  2026-01-02 03:04:05Z
            """);
    assertThat(backup("vault", "list", "--json").json().at("/vaults/0/minRetentionDays").asInt())
        .isEqualTo(7);
  }

  @Test
  void locksOnlyWhenConfirmed() {
    Outcome planned =
        backup("vault", "lock", "main", "--min-retention-days", "7", "--changeable-for-days", "10");

    assertThat(planned.out())
        .isEqualTo(
            """
            would lock vault main: compliance, nobody can take it away after 2026-01-12 03:04:05Z, at least 7 days

            Nothing was done. Add --confirm to do it.
            """);
    assertThat(aws.stub().requests("PutBackupVaultLockConfiguration")).isEmpty();
  }

  @Test
  void refusesALockWithoutBounds() {
    Outcome refused = backup("vault", "lock", "main", "--confirm");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            """
            error: unable to lock vault 'main': no bound is given
            HINT: give --min-retention-days, --max-retention-days or both
            """);
  }

  @Test
  void saysThatThereIsNoSuchVault() {
    Outcome refused = backup("vault", "describe", "other");

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err())
        .isEqualTo(
            """
            error: unable to describe vault 'other': AWS Backup has no such vault
            HINT: see what there is with: dynavault aws-backup vault list
            """);
  }

  @Test
  void setsAndShowsPolicies() throws IOException {
    assertThat(backup("vault", "policy", "main").out()).isEqualTo("no policy\n");
    assertThat(backup("vault", "policy", "main", "--deny-deletion").out())
        .startsWith("would set the policy of vault main: {\"Statement\"");
    assertThat(backup("vault", "policy", "main", "--deny-deletion", "--confirm").out())
        .isEqualTo("set the policy of vault main\n");
    assertThat(backup("vault", "policy", "main").out()).contains("backup:DeleteRecoveryPoint");

    Files.writeString(folder.resolve("policy.json"), "{\"Version\": \"2012-10-17\"}");
    backup("vault", "policy", "main", "--set", "policy.json", "--confirm");
    assertThat(backup("vault", "policy", "main", "--json").json().path("policy").asText())
        .isEqualTo("{\"Version\":\"2012-10-17\"}");

    backup("vault", "policy", "main", "--remove", "--confirm");
    assertThat(backup("vault", "policy", "main").out()).isEqualTo("no policy\n");
    assertThat(backup("vault", "policy", "main", "--set", "nowhere.json").exitCode()).isEqualTo(2);
  }

  @Test
  void setsAndStopsNotifications() {
    String topic = "arn:aws:sns:us-east-1:111122223333:backups";

    assertThat(
            backup(
                    "vault",
                    "notifications",
                    "main",
                    "--topic",
                    topic,
                    "--event",
                    "backup_job_completed")
                .out())
        .isEqualTo("sends BACKUP_JOB_COMPLETED to " + topic + "\n");
    assertThat(backup("vault", "describe", "main").out())
        .contains("Notifications    BACKUP_JOB_COMPLETED to " + topic);
    assertThat(backup("vault", "notifications", "main", "--off").out())
        .isEqualTo("sends no notifications\n");
  }

  @Test
  void startsABackupAndWaits() {
    aws.stub().doneAfterLooks(2);

    Outcome outcome = backup("start", "Orders", "--wait", "--delete-after-days", "35");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("KIND    JOB").contains("Orders  main   completed");
    assertThat(outcome.err()).contains("of Orders: CREATED, 0.0 % after 0 s", "RUNNING, 50.0 %");
    assertThat(backup("points", "list", "--table", "Ord*").out())
        .contains("Orders  main", "completed  in 35 d  arn:aws:backup:us-east-1");
    assertThat(backup("protected").out()).contains("Orders  main");
  }

  @Test
  @Tag("G15")
  void aTableThatFailsDoesNotStopTheOthers() {
    Outcome outcome = backup("start", "Nothing", "Orders", "--wait");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out()).contains("Orders  main   completed");
    assertThat(outcome.err()).contains("unable to describe table 'Nothing'");
  }

  @Test
  void needsARole() {
    Outcome outcome = cli.with("DYNAVAULT_AWS_BACKUP_ROLE_ARN", "").run("aws-backup", "start", "x");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("no role is given", "HINT: give --role-arn");
  }

  @Test
  void givesUpWaitingAtTheLimit() {
    aws.stub().doneAfterLooks(1000);

    Outcome outcome = backup("start", "Orders", "--wait", "--wait-limit", "90s");

    assertThat(outcome.exitCode()).isEqualTo(14);
    assertThat(outcome.err())
        .contains("it is still RUNNING after 90 seconds", "HINT: the job goes on");
  }

  @Test
  void copiesAndRestores() {
    backup("vault", "create", "dr");
    backup("start", "Orders", "--wait");
    String point =
        backup("points", "list", "--json").json().at("/recoveryPoints/0/recoveryPointArn").asText();

    assertThat(
            backup(
                    "copy",
                    point,
                    "--wait",
                    "--target-vault-arn",
                    "arn:aws:backup:us-east-1:111122223333:backup-vault:dr")
                .out())
        .contains("copy", "completed");
    assertThat(backup("points", "list", "--vault-name", "dr").out()).contains("Orders  dr");
    assertThat(
            backup("restore", point, "--target-table", "Back", "--wait", "--json")
                .json()
                .at("/jobs/0/createdArn")
                .asText())
        .endsWith(":table/Back");
    assertThat(backup("jobs", "--kind", "restore").out()).contains("restore", "Orders", "main");
  }

  @Test
  void filtersJobs() {
    backup("start", "Orders", "--wait");

    assertThat(backup("jobs", "--state", "failed").out()).isEqualTo("no jobs\n");
    assertThat(backup("jobs", "--table", "Pay*").out()).isEqualTo("no jobs\n");
    String id = backup("jobs", "--json").json().at("/jobs/0/jobId").asText();
    assertThat(backup("jobs", "--kind", "backup", "--id", id).out()).contains(id);
    assertThat(backup("jobs", "--after", "2026-01-02").exitCode()).isEqualTo(2);
  }

  @Test
  void stopsABackup() {
    aws.stub().doneAfterLooks(1000);
    backup("start", "Orders");
    String id = backup("jobs", "--json").json().at("/jobs/0/jobId").asText();

    assertThat(backup("stop", id).out()).isEqualTo("backup job " + id + " is being stopped\n");
    assertThat(backup("jobs").out()).contains("aborted", "Backup job was stopped by user.");
  }

  @Test
  void deletesAndChangesRecoveryPointsOnlyWhenConfirmed() {
    backup("start", "Orders", "--wait");
    String point =
        backup("points", "list", "--json").json().at("/recoveryPoints/0/recoveryPointArn").asText();

    assertThat(backup("points", "lifecycle", point, "--delete-after-days", "9").out())
        .startsWith("would change 'kept for ever' to 'deleted after 9 days'");
    assertThat(backup("points", "lifecycle", point, "--delete-after-days", "9", "--confirm").out())
        .isEqualTo("changed: deleted after 9 days\n");
    assertThat(backup("points", "describe", point).out())
        .contains("Lifecycle          deleted after 9 days", "Deleted            2026-01-11");
    assertThat(backup("points", "delete", point).out()).startsWith("would delete recovery point");
    assertThat(aws.stub().requests("DeleteRecoveryPoint")).isEmpty();
    assertThat(backup("points", "delete", point, "--confirm").out())
        .isEqualTo("deleted recovery point of table Orders of 2026-01-02 03:04:05Z\n");
    assertThat(backup("points", "list").out()).isEqualTo("no recovery points\n");
  }

  @Test
  void aLockedPointIsNotDeleted() {
    backup("start", "Orders", "--wait");
    backup("vault", "lock", "main", "--min-retention-days", "7", "--confirm");
    String point =
        backup("points", "list", "--json").json().at("/recoveryPoints/0/recoveryPointArn").asText();

    Outcome refused = backup("points", "delete", point, "--confirm");

    assertThat(refused.exitCode()).isEqualTo(12);
    assertThat(refused.err()).contains("HINT: the vault's lock forbids it");
    assertThat(backup("vault", "unlock", "main", "--confirm").out())
        .isEqualTo("unlocked vault main\n");
    assertThat(backup("points", "delete", point, "--confirm").exitCode()).isZero();
    assertThat(backup("vault", "delete", "main", "--confirm").out())
        .isEqualTo("deleted vault main\n");
  }

  @Test
  void showsAndEnablesSettings() {
    assertThat(backup("settings").out()).isEqualTo("DynamoDB: opted in, advanced features on\n");
    assertThat(backup("settings", "--enable").out()).contains("would enable both", "--confirm");
    backup("settings", "--enable", "--confirm");
    assertThat(aws.stub().requests("UpdateRegionSettings")).hasSize(1);
  }

  @Test
  void listsRestoreTests() {
    assertThat(backup("testing").out()).isEqualTo("no restore tests\n");
    assertThat(backup("testing", "--json").json().path("restoreTests")).isEmpty();
  }

  @Test
  void backsUpIntoAVaultAndRestoresWithSettings() {
    cli.run("vault", "create");

    Outcome backup = cli.run("backup", "--table", "Orders", "--method", "aws-backup", "--json");

    assertThat(backup.exitCode()).isZero();
    assertThat(backup.out())
        .contains("\"method\":\"AWS_BACKUP\"", "\"backupArn\":\"arn:aws:backup:us-east-1:");
    assertThat(cli.run("list").out()).contains("Orders").containsIgnoringCase("aws");
    Outcome restored = backup("restore", "latest", "--table", "Orders", "--target-table", "Back");
    assertThat(restored.out()).startsWith("restored table Back in ");
    assertThat(restored.exitCode()).isZero();
    assertThat(backup("restore", "latest", "-t", "Orders", "--target-table", "Back").exitCode())
        .isEqualTo(13);
  }

  @Test
  void theOrdinaryRestoreKnowsThem() {
    cli.run("vault", "create");
    cli.run("backup", "--table", "Orders", "--method", "aws-backup");

    Outcome planned = cli.run("restore", "Orders", "--target-table", "Back", "--dry-run");
    assertThat(planned.exitCode()).as(planned.err()).isZero();
    assertThat(planned.out()).contains("AWS makes the table, then its settings are put back");
    assertThat(aws.stub().requests("StartRestoreJob")).isEmpty();

    Outcome restored =
        cli.run("restore", "Orders", "--target-table", "Back", "--validate", "--no-progress");

    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(restored.out()).contains("Back", "recovery-point:");
    assertThat(aws.stub().requests("StartRestoreJob")).hasSize(1);
    Outcome again = cli.run("restore", "Orders", "--target-table", "Back");
    assertThat(again.exitCode()).isEqualTo(13);
    Outcome resumed = cli.run("restore", "Orders", "--target-table", "Back", "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(aws.stub().requests("StartRestoreJob")).hasSize(1);
  }

  @Test
  void aRestoreTestDeletesItsTableAgain() {
    cli.run("vault", "create");
    cli.run("backup", "--table", "Orders", "--method", "aws-backup");

    Outcome tested = cli.run("restore", "Orders", "--test", "--no-progress");

    assertThat(tested.exitCode()).as(tested.err()).isZero();
    assertThat(tested.out()).contains("dynavault-restore-test-Orders");
    assertThat(aws.stub().requests("DeleteTable"))
        .singleElement()
        .satisfies(
            request ->
                assertThat(request.path("TableName").asText())
                    .isEqualTo("dynavault-restore-test-Orders"));
  }

  @Test
  void whatAwsBackupCannotDoIsRefused() {
    cli.run("vault", "create");
    cli.run("backup", "--table", "Orders", "--method", "aws-backup");

    Outcome capacity =
        cli.run("restore", "Orders", "--target-table", "Back", "--billing-mode", "PAY_PER_REQUEST");
    assertThat(capacity.exitCode()).isEqualTo(2);
    assertThat(capacity.err())
        .contains("with another capacity or other indexes: AWS Backup restores them as they were");
    assertThat(cli.run("restore", "Orders", "--on-conflict", "overwrite").err())
        .contains("AWS restores into new tables only");
    assertThat(cli.run("restore", "arn:aws:backup:us-east-1:111122223333:recovery-point:x").err())
        .contains("HINT: start the job of AWS Backup with: dynavault aws-backup restore arn:aws:");
    assertThat(aws.stub().requests("StartRestoreJob")).isEmpty();
  }

  @Test
  void plansABackup() {
    cli.run("vault", "create");

    Outcome plan =
        cli.run("backup", "-t", "Orders", "--method", "aws-backup", "--dry-run", "--json");

    assertThat(plan.json().at("/plans/0/backupVault").asText()).isEqualTo("main");
    assertThat(aws.stub().requests("StartBackupJob")).isEmpty();
    assertThat(cli.run("backup", "-t", "Orders", "--aws-delete-after-days", "7").err())
        .contains("--aws-delete-after-days is for AWS Backup");
  }

  @Test
  void deletesWhatAwsKeeps() {
    cli.run("vault", "create");
    cli.run("backup", "--table", "Orders", "--method", "aws-backup");

    Outcome deleted = cli.run("delete", "latest", "--table", "Orders", "--confirm");

    assertThat(deleted.exitCode()).isZero();
    assertThat(backup("points", "list").out()).isEqualTo("no recovery points\n");
    assertThat(cli.run("list").out()).isEqualTo("no recovery points\n");
  }

  @Test
  @Tag("F17")
  void whatTheLockOfAwsProtectsIsLeftToGc() {
    cli.run("vault", "create");
    cli.run("backup", "--table", "Orders", "--method", "aws-backup");
    backup("vault", "lock", "main", "--min-retention-days", "7", "--confirm");

    Outcome refused = cli.run("delete", "latest", "--table", "Orders", "--confirm");

    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err())
        .contains("minimum retention period", "HINT: remove the rest with: dynavault gc");
    assertThat(backup("points", "list").out()).contains("Orders  main");
  }
}
