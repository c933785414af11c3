// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.aws.awsbackup.JobKind;
import io.dynavault.aws.awsbackup.JobQuery;
import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.aws.awsbackup.RestoreOrder;
import io.dynavault.aws.awsbackup.TestingAwsBackup;
import io.dynavault.aws.awsbackup.VaultPolicy;
import io.dynavault.aws.awsbackup.VaultRetention;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.managed.ManagedBackupState;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.testing.aws.AwsError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AwsBackupRunTest {
  private final BackupWorld world = new BackupWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void recordsWhatTheJobHasMade() throws InterruptedException {
    world.stub.doneAfterLooks(3);

    AwsBackupResult result =
        world.run().start(world.plan(Lifecycle.FOR_EVER, Optional.of(Duration.ofDays(35))));

    RecoveryPoint point = world.points().get(0);
    assertThat(result.recoveryPoints()).containsExactly(point);
    assertThat(point.method()).isEqualTo(Method.AWS_BACKUP);
    assertThat(point.table().keySchema().partitionKey().name()).isEqualTo("pk");
    assertThat(point.deleteAfter()).contains(point.startTime().plus(Duration.ofDays(35)));
    assertThat(point.tags()).containsExactly(Map.entry("reason", "test"));
    assertThat(((ManagedBackup) point.content()).arn())
        .isEqualTo(world.aws.points().ofVault("main").get(0).arn());
    assertThat(point.endTime()).isEqualTo(point.startTime().plusSeconds(14));
    assertThat(world.vault.runs().unfinished(BackupWorld.TABLE)).isEmpty();
  }

  @Test
  void doesNotTellAwsTheEnd() throws InterruptedException {
    world.run().start(world.plan(Lifecycle.FOR_EVER, Optional.of(Duration.ofDays(35))));

    assertThat(world.stub.requests("StartBackupJob").get(0).has("Lifecycle")).isFalse();
  }

  @Test
  void isResumedAfterAStop() throws InterruptedException {
    world.stub.doneAfterLooks(2);
    world.stop.request();
    DynavaultException stopped =
        catchThrowableOfType(DynavaultException.class, () -> world.run().start(world.plan()));
    assertThat(stopped.code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(stopped.hint()).isEqualTo("the job goes on at AWS; record it with --resume");
    assertThat(world.points()).isEmpty();

    AwsBackupResult result = world.afterARestart().resume(BackupWorld.TABLE);

    assertThat(result.recoveryPoints()).hasSize(1);
    assertThat(world.points()).hasSize(1);
    assertThat(world.aws.jobs().list(JobKind.BACKUP, JobQuery.ALL)).hasSize(1);
  }

  @Test
  void isResumedAfterTheLimitByTheNextBackupToo() throws InterruptedException {
    world.stub.doneAfterLooks(4);
    DynavaultException late =
        catchThrowableOfType(
            DynavaultException.class, () -> world.run(Duration.ofSeconds(3)).start(world.plan()));
    assertThat(late.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);

    AwsBackupResult next = world.run().start(world.plan());

    assertThat(next.recoveryPoints()).hasSize(2);
    assertThat(next.notes()).singleElement().asString().contains("an earlier run had begun");
    assertThat(world.aws.points().ofVault("main")).hasSize(2);
  }

  @Test
  void startsTheJobOnceEvenIfItDiesBeforeTheAnswer() throws InterruptedException {
    JobJournal died =
        JobJournal.begin(
            world.vault, world.plan(), world.stub.clock().instant(), new Random(3), "test");
    world.aws.jobs().start(died.order());

    AwsBackupResult result = world.run().resume(BackupWorld.TABLE);

    assertThat(result.recoveryPoints()).extracting(RecoveryPoint::id).containsExactly(died.id());
    assertThat(world.stub.requests("StartBackupJob")).hasSize(2);
    assertThat(world.aws.jobs().list(JobKind.BACKUP, JobQuery.ALL)).hasSize(1);
  }

  @Test
  void leavesNothingWhereAwsRefuses() {
    world.stub.failNext("StartBackupJob", AwsError.of("LimitExceededException", "too many"), 1);

    assertThatThrownBy(() -> world.run().start(world.plan())).hasMessageContaining("too many");

    assertThat(world.vault.runs().unfinished(BackupWorld.TABLE)).isEmpty();
    assertThat(world.points()).isEmpty();
  }

  @Test
  void aJobThatFailsLeavesNothing() throws InterruptedException {
    AwsBackupPlan plan = world.plan(Lifecycle.deleteAfter(7), Optional.empty());
    world
        .aws
        .vaults()
        .lock(
            "main",
            new VaultRetention(OptionalInt.of(30), OptionalInt.empty(), OptionalInt.empty()));

    assertThatThrownBy(() -> world.run().start(plan))
        .hasMessageContaining("it is FAILED: Job failed because its retention");

    assertThat(world.vault.runs().unfinished(BackupWorld.TABLE)).isEmpty();
    assertThatThrownBy(() -> world.run().resume(BackupWorld.TABLE))
        .hasMessage(
            "unable to resume a backup of table 'Orders' by AWS Backup: none is unfinished");
  }

  @Test
  void plansAgainstTheLockOfTheVault() {
    world
        .aws
        .vaults()
        .lock(
            "main",
            new VaultRetention(OptionalInt.of(30), OptionalInt.of(365), OptionalInt.empty()));

    DynavaultException refused =
        catchThrowableOfType(
            DynavaultException.class, () -> world.plan(Lifecycle.deleteAfter(7), Optional.empty()));
    assertThat(refused.code()).isEqualTo(ErrorCode.LOCKED);
    assertThat(refused)
        .hasMessage(
            "unable to back up table 'Orders': the lock of vault 'main' of AWS Backup allows 30 to"
                + " 365 days, but the backup is deleted after 7 days");
    assertThatThrownBy(world::plan).hasMessageContaining("but the backup is kept for ever");
    assertThat(world.plan(Lifecycle.deleteAfter(30), Optional.empty()).notes()).hasSize(1);
  }

  @Test
  void asksAwsForTheStateAndDeletes() throws InterruptedException {
    RecoveryPoint point = world.run().start(world.plan()).recoveryPoints().get(0);
    AwsBackupVaultBackups backups = new AwsBackupVaultBackups(world.aws.clients());

    assertThat(backups.state(point).status()).isEqualTo(ManagedBackupState.Status.AVAILABLE);
    backups.delete(point);
    assertThat(backups.state(point).status()).isEqualTo(ManagedBackupState.Status.ABSENT);
    backups.delete(point); // one that is gone is fine
    assertThat(world.stub.requests("DeleteRecoveryPoint")).hasSize(1);
  }

  @Test
  @Tag("F17")
  void saysWhatProtectsFromDeletion() throws InterruptedException {
    RecoveryPoint point = world.run().start(world.plan()).recoveryPoints().get(0);
    AwsBackupVaultBackups backups = new AwsBackupVaultBackups(world.aws.clients());
    world.aws.vaults().setPolicy("main", VaultPolicy.denyDeletion(List.of()));

    assertThatThrownBy(() -> backups.delete(point))
        .isInstanceOf(DynavaultException.class)
        .extracting(e -> ((DynavaultException) e).code())
        .isEqualTo(ErrorCode.ACCESS_DENIED);

    world.aws.vaults().removePolicy("main");
    world
        .aws
        .vaults()
        .lock(
            "main",
            new VaultRetention(OptionalInt.of(30), OptionalInt.empty(), OptionalInt.empty()));
    assertThatThrownBy(() -> backups.delete(point))
        .isInstanceOf(DynavaultException.class)
        .extracting(e -> ((DynavaultException) e).code())
        .isEqualTo(ErrorCode.LOCKED);
  }

  @Test
  void restoresWithTheSettingsThatAwsDrops() throws InterruptedException {
    world
        .tables
        .dynamoDb()
        .updateTimeToLive(
            b ->
                b.tableName(BackupWorld.TABLE)
                    .timeToLiveSpecification(t -> t.enabled(true).attributeName("expires")));
    RecoveryPoint point = world.run().start(world.plan()).recoveryPoints().get(0);
    world.stub.doneAfterLooks(2);

    AwsRestoreResult result =
        world
            .restore()
            .run(
                new AwsRestoreRequest(
                    point, "Back", RestoreOrder.Encryption.UNSAID, TestingAwsBackup.ROLE));

    assertThat(result.tableName()).isEqualTo("Back");
    assertThat(world.tables.dynamoDb().scan(b -> b.tableName("Back")).count()).isEqualTo(2);
    assertThat(
            world
                .tables
                .dynamoDb()
                .describeTimeToLive(b -> b.tableName("Back"))
                .timeToLiveDescription()
                .attributeName())
        .isEqualTo("expires");
    assertThat(result.settings()).isNotEmpty();
  }

  @Test
  @Tag("G11")
  void refusesToRestoreOntoATableBeforeAwsIsAsked() throws InterruptedException {
    RecoveryPoint point = world.run().start(world.plan()).recoveryPoints().get(0);

    assertThatThrownBy(
            () ->
                world
                    .restore()
                    .run(
                        new AwsRestoreRequest(
                            point,
                            "Orders",
                            RestoreOrder.Encryption.UNSAID,
                            TestingAwsBackup.ROLE)))
        .isInstanceOf(DynavaultException.class)
        .hasMessageContaining("it exists");
    assertThat(world.stub.requests("StartRestoreJob")).isEmpty();
  }
}
