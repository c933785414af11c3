// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.aws.StubWorld;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.ondemand.BackupFilter.Types;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.managed.ManagedBackupState;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.testing.aws.AwsError;
import io.dynavault.testing.aws.AwsStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OnDemandBackupsTest {
  private final StubWorld world = new StubWorld();
  private final OnDemandBackups backups = new OnDemandBackups(world.client, world.calls());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void listsAllPagesOldestFirst() throws InterruptedException {
    List<BackupArn> made = List.of(make("one"), make("two"), make("three"));
    world.stub.pageSize(1);

    assertThat(backups.list(BackupFilter.ofTable("Orders")))
        .extracting(BackupInfo::arn)
        .isEqualTo(made);
    assertThat(world.stub.requests("ListBackups")).hasSize(3);
    assertThat(backups.list(BackupFilter.ofTable("Nobody"))).isEmpty();
  }

  @Test
  void listsByTypeAndTime() throws InterruptedException {
    make("one");
    Instant between = world.stub.clock().instant();
    make("two");
    world.client.updateContinuousBackups(
        b ->
            b.tableName("Orders")
                .pointInTimeRecoverySpecification(s -> s.pointInTimeRecoveryEnabled(true)));
    world.client.deleteTable(b -> b.tableName("Orders"));
    world.stub.clock().advance(Duration.ofMinutes(1));

    assertThat(names(Types.USER, Optional.empty(), Optional.of(between))).containsExactly("one");
    assertThat(names(Types.USER, Optional.of(between), Optional.empty())).containsExactly("two");
    assertThat(names(Types.SYSTEM, Optional.empty(), Optional.empty()))
        .containsExactly("Orders$DeletedTableBackup");
    assertThat(names(Types.ALL, Optional.empty(), Optional.empty())).hasSize(3);
  }

  @Test
  void refusesATimeRangeThatEndsBeforeItBegins() {
    assertThat(
            failure(
                    () ->
                        new BackupFilter(
                            Optional.empty(),
                            Types.ALL,
                            Optional.of(AwsStub.START),
                            Optional.of(AwsStub.START.minusSeconds(1))))
                .code())
        .isEqualTo(ErrorCode.USAGE);
  }

  @Test
  void listsOnWhereItIsThrottled() throws InterruptedException {
    make("one");
    world.stub.throttleNext("ListBackups", 5);

    assertThat(backups.list(BackupFilter.ofTable("Orders"))).hasSize(1);
    assertThat(world.waits).hasSize(5);
  }

  @Test
  void deletesABackupAndOneThatIsGone() throws InterruptedException {
    BackupArn arn = make("one");

    backups.delete(arn);
    backups.delete(arn);

    assertThat(backups.list(BackupFilter.ofTable("Orders"))).isEmpty();
  }

  @Test
  @Tag("F17")
  void saysWhyABackupOfADeletedTableStays() {
    world.client.updateContinuousBackups(
        b ->
            b.tableName("Orders")
                .pointInTimeRecoverySpecification(s -> s.pointInTimeRecoveryEnabled(true)));
    world.client.deleteTable(b -> b.tableName("Orders"));
    world.stub.clock().advance(Duration.ofMinutes(1));
    BackupArn arn =
        BackupArn.parse(
            world
                .client
                .listBackups(b -> b.backupType("SYSTEM"))
                .backupSummaries()
                .get(0)
                .backupArn());

    DynavaultException failure = failure(() -> backups.delete(arn));

    assertThat(failure.code()).isEqualTo(ErrorCode.LOCKED);
    assertThat(failure).hasMessageContaining("AWS made it when table 'Orders' was deleted");
    assertThat(failure.hint()).contains("AWS removes it at 2026-02-06");
    assertThat(world.stub.requests("DeleteBackup")).isEmpty();
  }

  @Test
  @Tag("F17")
  void aBackupThatFeedsARestoreHasToBeWaitedFor() throws InterruptedException {
    BackupArn arn = make("one");
    world.stub.doneAfterLooks(9);
    world.client.restoreTableFromBackup(b -> b.targetTableName("Orders2").backupArn(arn.text()));

    DynavaultException failure = failure(() -> backups.delete(arn));

    assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_IN_USE);
    assertThat(failure.hint()).contains("wait until that restore has ended");
  }

  @Test
  void tellsAVaultWhetherItsBackupIsThere() throws InterruptedException {
    BackupArn arn = make("one");
    RecoveryPoint point = adopt(arn).point();
    try (OnDemandVaultBackups managed =
        new OnDemandVaultBackups(AwsClients.of(world.stub.endpoint("eu-west-1")), world.calls())) {
      assertThat(managed.state(point).isAvailable()).isTrue();

      managed.delete(point);

      assertThat(managed.state(point).status()).isEqualTo(ManagedBackupState.Status.ABSENT);
      managed.delete(point);
    }
  }

  @Test
  void recordsABackupThatSomebodyElseHasMade() throws InterruptedException {
    BackupArn arn = make("one");

    Adoption.Adopted adopted = adopt(arn);

    assertThat(adopted.origin()).isEqualTo(Adoption.Origin.TABLE);
    assertThat(adopted.point().id()).isEqualTo(arn.id());
    assertThat(adopted.point().table().settings().tags()).containsEntry("team", "shop");
    assertThat(adopt(arn).origin()).isEqualTo(Adoption.Origin.RECORD);
    assertThat(world.points()).hasSize(1);
  }

  @Test
  void ofATableThatIsGoneRecordsWhatAnotherRecoveryPointTells() throws InterruptedException {
    BackupArn first = make("one");
    BackupArn second = make("two");
    adopt(first);
    world.client.deleteTable(b -> b.tableName("Orders"));
    world.declare("Orders");

    assertThat(adopt(second).origin()).isEqualTo(Adoption.Origin.RECOVERY_POINT);
    assertThat(world.points())
        .hasSize(2)
        .allMatch(point -> point.table().equals(world.points().get(0).table()));
  }

  @Test
  void doesNotGuessWhatATableWas() throws InterruptedException {
    BackupArn arn = make("one");
    world.client.deleteTable(b -> b.tableName("Orders"));
    world.declare("Orders");

    DynavaultException failure = failure(() -> adopt(arn));

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    assertThat(failure.hint()).contains("dynavault restore " + arn);
  }

  @Test
  void namesThePermissionThatIsMissing() {
    world.stub.failNext("ListBackups", AwsError.accessDenied("dynamodb:ListBackups", "*"), 1);

    DynavaultException failure = failure(() -> backups.list(BackupFilter.ofTable("Orders")));

    assertThat(failure.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(failure.hint()).contains("dynamodb:ListBackups");
  }

  private Adoption.Adopted adopt(BackupArn arn) throws InterruptedException {
    return new Adoption(world.vault, backups, world.describer(), "test")
        .adopt(arn, Map.of(), Optional.empty());
  }

  private BackupArn make(String name) throws InterruptedException {
    world.stub.clock().advance(Duration.ofMinutes(1));
    BackupArn arn = backups.create("Orders", new BackupName(name)).arn();
    world.stub.clock().advance(Duration.ofMinutes(1));
    return arn;
  }

  private List<String> names(Types types, Optional<Instant> from, Optional<Instant> to)
      throws InterruptedException {
    return backups.list(new BackupFilter(Optional.of("Orders"), types, from, to)).stream()
        .map(BackupInfo::name)
        .toList();
  }

  private static DynavaultException failure(ThrowingCallable call) {
    return catchThrowableOfType(DynavaultException.class, call);
  }
}
