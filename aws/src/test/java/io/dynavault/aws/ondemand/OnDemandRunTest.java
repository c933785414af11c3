// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.aws.StubWorld;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.SdkClients;
import io.dynavault.core.vault.LockMode;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.VaultLock;
import io.dynavault.testing.aws.AwsError;
import io.dynavault.testing.aws.AwsStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class OnDemandRunTest {
  private static final OnDemandOptions NIGHTLY =
      new OnDemandOptions(
          "dynavault", Map.of("reason", "nightly"), Optional.of(Duration.ofDays(35)));

  private final StubWorld world = new StubWorld();
  private final OnDemandBackups backups = new OnDemandBackups(world.client, world.calls());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void anAvailableBackupIsARecoveryPointWithTheWholeTable() throws InterruptedException {
    world.stub.doneAfterLooks(3);

    OnDemandResult result = run().start(plan(NIGHTLY));

    RecoveryPoint point = result.recoveryPoints().get(0);
    assertThat(world.points()).containsExactly(point);
    assertThat(point.method()).isEqualTo(Method.ON_DEMAND);
    ManagedBackup content = (ManagedBackup) point.content();
    assertThat(content.arn())
        .isEqualTo(
            "arn:aws:dynamodb:us-east-1:111122223333:table/Orders/backup/" + point.id().value());
    assertThat(content.itemCount()).hasValue(1);
    assertThat(point.startTime()).isEqualTo(AwsStub.START.minusSeconds(60));
    assertThat(point.endTime()).isEqualTo(AwsStub.START.plusSeconds(60));
    assertThat(point.consistency()).isEqualTo(RecoveryPoint.Consistency.NON_CONSISTENT);
    assertThat(point.deleteAfter()).contains(AwsStub.START.plus(Duration.ofDays(35)));
    assertThat(point.tags()).containsEntry("reason", "nightly");
    assertThat(point.table().settings().tags()).containsEntry("team", "shop");
    assertThat(point.table().settings().timeToLiveAttribute()).contains("ttl");
    assertThat(world.waits)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(world.vault.runs().all()).isEmpty();
  }

  @Test
  void namesBackupsByPrefixTableAndTime() throws InterruptedException {
    run().start(plan(NIGHTLY));

    assertThat(world.stub.requests("CreateBackup").get(0).path("BackupName").asText())
        .isEqualTo("dynavault-Orders-20260102-030405");
  }

  @Test
  void waitsForATableThatWasCreatedMomentsAgo() throws InterruptedException {
    world.stub.failNext(
        "CreateBackup",
        AwsError.of(
            "ContinuousBackupsUnavailableException",
            "Backups are being enabled for the table: Orders. Please retry later"),
        3);

    assertThat(run().start(plan(NIGHTLY)).recoveryPoints()).hasSize(1);
    assertThat(world.stub.requests("CreateBackup")).hasSize(4);
  }

  @Test
  void backsOffWhereItIsThrottled() throws InterruptedException {
    world.stub.throttleNext("CreateBackup", 4);
    world.stub.throttleNext("DescribeBackup", 2);

    run().start(plan(NIGHTLY));

    assertThat(world.waits).hasSize(6);
    assertThat(world.waits.get(3)).isGreaterThan(world.waits.get(0));
    assertThat(world.points()).hasSize(1);
  }

  @Test
  @Tag("F16")
  void aTokenThatExpiresDuringTheWaitIsRenewed() throws InterruptedException {
    world.stub.failNext("CreateBackup", AwsError.of("ExpiredTokenException", "expired"), 1);
    world.stub.failNext("DescribeBackup", AwsError.of("ExpiredTokenException", "expired"), 1);

    run().start(plan(NIGHTLY));

    assertThat(world.points()).hasSize(1);
  }

  @Test
  void givesUpWhereThrottlingDoesNotEnd() {
    world.stub.throttleNext("CreateBackup", 1000);

    DynavaultException failure = failure(() -> run().start(plan(NIGHTLY)));

    assertThat(failure.code()).isEqualTo(ErrorCode.THROTTLED);
    assertThat(world.vault.runs().all()).isEmpty();
    assertThat(world.waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
  }

  @Test
  void endsWaitingAtTheLimitAndRecordsTheBackupLater() throws InterruptedException {
    world.stub.doneAfterLooks(20);
    OnDemandRun impatient =
        new OnDemandRun(world.vault, backups, Duration.ofSeconds(10), world.context(), "test");

    DynavaultException failure = failure(() -> impatient.start(plan(NIGHTLY)));

    assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(failure.hint()).contains("--resume");
    assertThat(world.points()).isEmpty();
    assertThat(run().resume("Orders").recoveryPoints()).hasSize(1);
    assertThat(world.stub.requests("CreateBackup")).hasSize(1);
  }

  @Test
  void leavesABackupToAwsWhenItIsStopped() throws InterruptedException {
    world.stub.doneAfterLooks(5);
    world.stop.request();

    DynavaultException failure = failure(() -> run().start(plan(NIGHTLY)));

    assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(world.vault.runs().all()).hasSize(1);
  }

  @Test
  void aBackupOfARunThatDiedIsRecordedByTheNextOneAsThatRunMeantIt() throws InterruptedException {
    world.stub.failNext("DescribeBackup", AwsError.accessDenied("dynamodb:DescribeBackup", "x"), 1);
    failure(() -> run().start(plan(NIGHTLY)));
    assertThat(world.points()).isEmpty();
    world.stub.clock().advance(Duration.ofHours(24));

    OnDemandResult next = run().start(plan(OnDemandOptions.defaults()));

    assertThat(next.recoveryPoints())
        .extracting(RecoveryPoint::tags)
        .containsExactly(Map.of("reason", "nightly"), Map.of());
    assertThat(next.notes()).singleElement().asString().contains("an earlier run had begun");
    assertThat(world.points()).hasSize(2);
    assertThat(world.vault.runs().all()).isEmpty();
  }

  @Test
  void findsTheBackupWhoseCreationWasNeverAnswered() throws InterruptedException {
    world.stub.loseNextAnswers("CreateBackup", 1);

    assertThat(run().start(plan(NIGHTLY)).recoveryPoints()).hasSize(1);
    assertThat(world.stub.requests("CreateBackup")).hasSize(1);
  }

  @Test
  void findsTheBackupWhoseCreationWasSentAgainAndThenRefused() throws InterruptedException {
    world.stub.loseNextAnswers("CreateBackup", 1);
    world.stub.failNext("CreateBackup", AwsError.of("LimitExceededException", "too many"), 1);

    try (DynamoDbClient tryingAgain = SdkClients.dynamoDb(world.stub.endpoint())) {
      OnDemandBackups twice = new OnDemandBackups(tryingAgain, world.calls());
      OnDemandRun run =
          new OnDemandRun(world.vault, twice, Duration.ofHours(1), world.context(), "test");

      assertThat(run.start(plan(NIGHTLY)).recoveryPoints()).hasSize(1);
    }
    assertThat(world.stub.requests("CreateBackup")).hasSize(2);
    assertThat(world.vault.runs().all()).isEmpty();
  }

  @Test
  void anIntentWhoseBackupWasNeverMadeIsDroppedAfterAWhile() throws InterruptedException {
    world.stub.loseNextRequests("CreateBackup", 1);
    failure(() -> run().start(plan(NIGHTLY)));
    assertThat(world.vault.runs().all()).hasSize(1);
    world.stub.clock().advance(Duration.ofHours(1));

    assertThat(run().start(plan(NIGHTLY)).recoveryPoints()).hasSize(1);
    assertThat(world.vault.runs().all()).isEmpty();
  }

  @Test
  void namesASecondBackupThatALostAnswerHasLeft() throws InterruptedException {
    OnDemandPlan plan = plan(NIGHTLY);
    world.client.createBackup(b -> b.tableName("Orders").backupName(plan.name().value()));

    assertThat(run().start(plan).notes())
        .singleElement()
        .asString()
        .contains("second backup", "on-demand delete");
  }

  @Test
  void aBackupOfAnotherTableOfTheSameNameIsNotRecordedWithTheOldDefinition() {
    OnDemandPlan plan = plan(NIGHTLY);
    world.client.deleteTable(b -> b.tableName("Orders"));
    world.declare("Orders");

    DynavaultException failure = failure(() -> run().start(plan));

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_CHANGED);
    assertThat(failure.hint()).contains("on-demand adopt arn:aws:dynamodb");
    assertThat(world.points()).isEmpty();
  }

  @Test
  void theVaultsLockIsAskedBeforeAwsIs() {
    world
        .vault
        .lockLog()
        .lock(new VaultLock(LockMode.GOVERNANCE, 40, OptionalInt.empty(), Optional.empty()));

    DynavaultException failure = failure(() -> run().start(plan(NIGHTLY)));

    assertThat(failure.code()).isEqualTo(ErrorCode.LOCKED);
    assertThat(world.stub.requests("CreateBackup")).isEmpty();
  }

  @Test
  void aTableThatIsNotThereLeavesNothingBehind() {
    OnDemandPlan plan = plan(NIGHTLY);
    world.client.deleteTable(b -> b.tableName("Orders"));

    DynavaultException failure = failure(() -> run().start(plan));

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    assertThat(world.vault.runs().all()).isEmpty();
    assertThat(failure(() -> run().resume("Orders")).code())
        .isEqualTo(ErrorCode.RECOVERY_POINT_NOT_FOUND);
  }

  @Test
  void thePlanSaysWhatAwsHasCounted() {
    OnDemandPlan plan = plan(NIGHTLY);

    assertThat(List.of(plan.estimatedItems(), plan.estimatedBytes())).containsExactly(1L, 0L);
  }

  private OnDemandPlan plan(OnDemandOptions options) {
    return new OnDemandPlanner(world.describer(), world.stub.clock()).plan("Orders", options);
  }

  private OnDemandRun run() {
    return new OnDemandRun(world.vault, backups, Duration.ofHours(1), world.context(), "test");
  }

  private static DynavaultException failure(ThrowingCallable call) {
    return catchThrowableOfType(DynavaultException.class, call);
  }
}
