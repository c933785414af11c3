// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobsTest {
  private final TestingAwsBackup aws = new TestingAwsBackup();
  private final Jobs jobs = aws.jobs();
  private final List<Duration> pauses = new ArrayList<>();
  private final StopSignal stop = new StopSignal();

  @BeforeEach
  void createAVault() {
    aws.vault("main");
  }

  @AfterEach
  void close() {
    aws.close();
  }

  private JobWaiter waiter(Duration limit) {
    return new JobWaiter(jobs, pauses::add, limit, stop);
  }

  @Test
  void waitsForABackupAndTellsHowItGetsOn() throws InterruptedException {
    aws.stub().doneAfterLooks(3);
    String id = jobs.start(aws.order("main", Lifecycle.deleteAfter(35)));
    List<JobState> seen = new ArrayList<>();

    AwsJob job =
        waiter(Duration.ofHours(1))
            .await(JobKind.BACKUP, id, (one, waited) -> seen.add(one.state()));

    assertThat(job.requireCompleted().table()).contains("Orders");
    assertThat(job.vault()).contains("main");
    assertThat(seen).containsExactly(JobState.CREATED, JobState.RUNNING, JobState.RUNNING);
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
    assertThat(aws.points().ofVault("main"))
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.arn()).isEqualTo(job.recoveryPointArn().orElseThrow());
              assertThat(point.lifecycle()).contains(Lifecycle.deleteAfter(35));
              assertThat(point.deleteAt()).isPresent();
              assertThat(point.isAdvanced()).isTrue();
            });
  }

  @Test
  void stopsWaitingAtTheLimitAndLeavesTheJob() {
    aws.stub().doneAfterLooks(1000);
    String id = jobs.start(aws.order("main", Lifecycle.FOR_EVER));

    DynavaultException failure =
        catchThrowableOfType(
            DynavaultException.class,
            () ->
                waiter(Duration.ofSeconds(7))
                    .await(JobKind.BACKUP, id, JobWaiter.Listener.silent()));

    assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(failure)
        .hasMessage(
            "unable to wait longer for backup job '"
                + id
                + "': it is still RUNNING after 7 seconds");
    assertThat(failure.hint()).contains("aws-backup jobs --kind backup --id " + id);
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(aws.stub().requests("StopBackupJob")).isEmpty();
  }

  @Test
  void stopsWaitingWhenTheUserWantsIt() {
    aws.stub().doneAfterLooks(1000);
    String id = jobs.start(aws.order("main", Lifecycle.FOR_EVER));
    stop.request();

    assertThatThrownBy(
            () ->
                waiter(Duration.ofHours(1)).await(JobKind.BACKUP, id, JobWaiter.Listener.silent()))
        .isInstanceOf(DynavaultException.class)
        .extracting(e -> ((DynavaultException) e).code())
        .isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(pauses).isEmpty();
  }

  @Test
  void startsOnceForAToken() {
    BackupOrder order = aws.order("main", Lifecycle.FOR_EVER);
    String id = jobs.start(order);
    jobs.describe(JobKind.BACKUP, id);

    assertThat(jobs.start(order)).isEqualTo(id);
    assertThat(jobs.list(JobKind.BACKUP, JobQuery.ALL)).hasSize(1);
  }

  @Test
  void anAnswerThatIsLostDoesNotStartASecondJob() {
    aws.stub().loseNextAnswers("StartBackupJob", 1);

    jobs.start(aws.order("main", Lifecycle.FOR_EVER));

    assertThat(aws.stub().requests("StartBackupJob")).hasSize(2);
    assertThat(jobs.list(JobKind.BACKUP, JobQuery.ALL)).hasSize(1);
  }

  @Test
  void saysWhatIsWrongWithTheRole() {
    BackupOrder order = aws.order("main", Lifecycle.FOR_EVER);
    BackupOrder untrusted =
        new BackupOrder(
            order.vault(),
            order.resourceArn(),
            "arn:aws:iam::111122223333:role/untrusted",
            order.lifecycle(),
            order.tags(),
            order.startWindowMinutes(),
            order.completeWindowMinutes(),
            order.token());

    DynavaultException failure =
        catchThrowableOfType(DynavaultException.class, () -> jobs.start(untrusted));

    assertThat(failure.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(failure.getMessage()).contains("cannot be assumed by AWS Backup");
    assertThat(failure.hint()).contains("trust backup.amazonaws.com");
  }

  @Test
  void saysThatAVaultMayNotExist() {
    DynavaultException failure =
        catchThrowableOfType(
            DynavaultException.class, () -> jobs.start(aws.order("other", Lifecycle.FOR_EVER)));

    assertThat(failure)
        .hasMessage(
            "unable to back up '"
                + TestingAwsBackup.TABLE_ARN
                + "' to vault 'other': Insufficient privileges to perform this action.");
    assertThat(failure.hint()).contains("vaults that do not exist, too");
  }

  @Test
  void aSecondBackupOfATableAtTheSameTimeExpires() {
    aws.stub().doneAfterLooks(5);
    jobs.start(aws.order("main", Lifecycle.FOR_EVER));

    String second = jobs.start(aws.order("main", Lifecycle.FOR_EVER));

    assertThatThrownBy(() -> jobs.describe(JobKind.BACKUP, second).requireCompleted())
        .hasMessage(
            "unable to finish backup job '"
                + second
                + "' of table 'Orders': it is EXPIRED: Backup job failed because there was a"
                + " running job for the same resource.");
  }

  @Test
  void stopsABackup() {
    aws.stub().doneAfterLooks(5);
    String id = jobs.start(aws.order("main", Lifecycle.FOR_EVER));

    jobs.stop(id);

    assertThat(jobs.describe(JobKind.BACKUP, id).state()).isEqualTo(JobState.ABORTED);
    assertThatThrownBy(() -> jobs.stop(id))
        .hasMessageContaining("unable to stop backup job '" + id + "'");
  }

  @Test
  void theLockOfTheVaultMakesTheJobFail() {
    aws.vaults()
        .lock(
            "main",
            new VaultRetention(OptionalInt.of(30), OptionalInt.empty(), OptionalInt.empty()));

    String id = jobs.start(aws.order("main", Lifecycle.deleteAfter(7)));

    AwsJob job = jobs.describe(JobKind.BACKUP, id);
    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThatThrownBy(job::requireCompleted).hasMessageContaining("outside of the vault's lock");
  }

  @Test
  void copiesToAnotherVault() {
    String dr = aws.vault("dr");
    String point = aws.backUp("main", Lifecycle.FOR_EVER);

    String id =
        jobs.start(
            new CopyOrder(
                point,
                "main",
                dr,
                TestingAwsBackup.ROLE,
                Optional.of(Lifecycle.deleteAfter(90)),
                "dynavault-c"));

    AwsJob job = jobs.describe(JobKind.COPY, id).requireCompleted();
    assertThat(aws.points().describe("dr", job.resultArn().orElseThrow()).lifecycle())
        .contains(Lifecycle.deleteAfter(90));
  }

  @Test
  void restoresIntoANewTable() {
    String point = aws.backUp("main", Lifecycle.FOR_EVER);

    String id =
        jobs.start(
            new RestoreOrder(
                point,
                "Restored",
                RestoreOrder.Encryption.kms(Optional.of("arn:aws:kms:x")),
                TestingAwsBackup.ROLE,
                "dynavault-r"));

    AwsJob job = jobs.describe(JobKind.RESTORE, id).requireCompleted();
    assertThat(job.resultArn()).contains(TestingAwsBackup.TABLE_ARN.replace("Orders", "Restored"));
    assertThat(aws.clients().dynamoDb().scan(r -> r.tableName("Restored")).count()).isEqualTo(2);
    assertThat(aws.stub().requests("StartRestoreJob").get(0).path("Metadata").toString())
        .contains("\"encryptionType\":\"KMS\"", "\"kmsMasterKeyArn\":\"arn:aws:kms:x\"");
  }

  @Test
  void aRestoreOntoATableFails() {
    String point = aws.backUp("main", Lifecycle.FOR_EVER);

    String id =
        jobs.start(
            new RestoreOrder(
                point,
                "Orders",
                RestoreOrder.Encryption.UNSAID,
                TestingAwsBackup.ROLE,
                "dynavault-r"));

    assertThatThrownBy(() -> jobs.describe(JobKind.RESTORE, id).requireCompleted())
        .hasMessageContaining("it is FAILED: Table already exists: Orders");
  }

  @Test
  void listsJobsOfAllPagesByStateTimeAndTable() {
    aws.stub().pageSize(1);
    aws.backUp("main", Lifecycle.FOR_EVER);
    aws.stub().clock().advance(Duration.ofHours(1));
    aws.backUp("main", Lifecycle.FOR_EVER);

    assertThat(jobs.list(JobKind.BACKUP, JobQuery.ALL)).hasSize(2);
    assertThat(jobs.list(JobKind.COPY, JobQuery.ALL)).isEmpty();
    assertThat(jobs.list(JobKind.RESTORE, JobQuery.ALL)).isEmpty();
    JobQuery later =
        new JobQuery(
            Optional.of(JobState.COMPLETED),
            Optional.of(TestingAwsBackup.TABLE_ARN),
            Optional.of(aws.stub().clock().instant().minusSeconds(60)),
            Optional.of(aws.stub().clock().instant().plusSeconds(60)));
    assertThat(jobs.list(JobKind.BACKUP, later)).hasSize(1);
  }

  @Test
  void saysThatThereIsNoSuchJob() {
    assertThatThrownBy(() -> jobs.describe(JobKind.COPY, "nothing"))
        .hasMessage("unable to describe copy job 'nothing': Cannot find copy job nothing");
  }
}
