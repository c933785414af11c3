// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.StubWorld;
import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.aws.ondemand.BackupArn;
import io.dynavault.aws.restore.ManagedRestoreRequest.Beginning;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.BillingMode;
import io.dynavault.core.table.Encryption;
import io.dynavault.core.table.IndexChoice;
import io.dynavault.core.table.OnDemandThroughput;
import io.dynavault.core.table.Setting;
import io.dynavault.core.table.SettingOutcome;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.core.table.TableSettings;
import io.dynavault.core.table.Throughput;
import io.dynavault.testing.aws.AwsError;
import io.dynavault.testing.aws.AwsStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ManagedRestoreTest {
  private final StubWorld world = new StubWorld();
  private final RegionClients regions = new RegionClients(AwsClients.of(world.stub.endpoint()));

  @AfterEach
  void close() {
    regions.close();
    world.close();
  }

  @Test
  void putsBackWhatAwsDrops() throws InterruptedException {
    TableDefinition original = world.describer().describe("Orders").definition();
    BackupArn backup = backup();
    world.stub.doneAfterLooks(3);

    ManagedRestoreResult result =
        run(request(backup, TableOverrides.none(), Optional.of(original)));

    TableSettings restored = world.describer().describe("Orders2").definition().settings();
    assertThat(restored.timeToLiveAttribute()).contains("ttl");
    assertThat(restored.streamViewType()).contains("NEW_IMAGE");
    assertThat(restored.tags()).containsEntry("team", "shop");
    assertThat(restored.deletionProtection()).isTrue();
    assertThat(restored.tableClass()).contains("STANDARD_INFREQUENT_ACCESS");
    assertThat(result.complete()).isTrue();
    assertThat(result.settings())
        .filteredOn(outcome -> outcome.result() == SettingOutcome.Result.APPLIED)
        .extracting(SettingOutcome::setting)
        .containsExactlyInAnyOrder(
            Setting.TAGS,
            Setting.TABLE_CLASS,
            Setting.STREAM,
            Setting.TIME_TO_LIVE,
            Setting.DELETION_PROTECTION);
    assertThat(world.client.scan(b -> b.tableName("Orders2")).count()).isEqualTo(1);
    assertThat(world.waits).isNotEmpty();
  }

  @Test
  void withoutARecordTakesTheSettingsOfTheTableItself() throws InterruptedException {
    ManagedRestoreResult result = run(request(backup(), TableOverrides.none(), Optional.empty()));

    assertThat(world.describer().describe("Orders2").definition().settings().tags())
        .containsEntry("team", "shop");
    assertThat(result.notes())
        .containsExactly("the settings are those that table 'Orders' has now");
  }

  @Test
  void ofATableThatIsGonePutsBackWhatTheBackupTellsAndNamesTheRest() throws InterruptedException {
    BackupArn backup = backup();
    world.client.deleteTable(b -> b.tableName("Orders"));

    ManagedRestoreResult result = run(request(backup, TableOverrides.none(), Optional.empty()));

    TableSettings restored = world.describer().describe("Orders2").definition().settings();
    assertThat(restored.timeToLiveAttribute()).contains("ttl");
    assertThat(restored.streamViewType()).contains("NEW_IMAGE");
    assertThat(result.settings())
        .filteredOn(outcome -> outcome.result() == SettingOutcome.Result.NOT_KNOWN)
        .extracting(SettingOutcome::setting)
        .contains(Setting.TAGS, Setting.TABLE_CLASS, Setting.DELETION_PROTECTION);
    assertThat(result.notes()).singleElement().asString().contains("is gone");
  }

  @Test
  void makesATableOnDemandProvisionedWithItsIndexes() throws InterruptedException {
    TableOverrides overrides =
        TableOverrides.builder()
            .billingMode(BillingMode.PROVISIONED)
            .throughput(new Throughput(7, 8))
            .build();

    run(request(backup(), overrides, Optional.empty()));

    ObjectNode request = world.stub.requests("RestoreTableFromBackup").get(0);
    assertThat(request.path("BillingModeOverride").asText()).isEqualTo("PROVISIONED");
    assertThat(request.path("ProvisionedThroughputOverride").path("WriteCapacityUnits").asInt())
        .isEqualTo(8);
    assertThat(request.path("GlobalSecondaryIndexOverride")).hasSize(2);
    assertThat(
            request
                .path("GlobalSecondaryIndexOverride")
                .path(0)
                .path("ProvisionedThroughput")
                .path("ReadCapacityUnits")
                .asInt())
        .isEqualTo(7);
  }

  @Test
  void restoresTheIndexesThatAreChosen() throws InterruptedException {
    TableOverrides overrides =
        TableOverrides.builder()
            .globalIndexes(IndexChoice.only(Set.of("byDue")))
            .localIndexes(IndexChoice.none())
            .onDemandThroughput(new OnDemandThroughput(OptionalLong.of(9), OptionalLong.empty()))
            .encryption(Encryption.customerKey("alias/orders"))
            .build();

    run(request(backup(), overrides, Optional.empty()));

    ObjectNode request = world.stub.requests("RestoreTableFromBackup").get(0);
    assertThat(request.path("GlobalSecondaryIndexOverride")).hasSize(1);
    assertThat(request.path("LocalSecondaryIndexOverride").isArray()).isTrue();
    assertThat(request.path("LocalSecondaryIndexOverride")).isEmpty();
    assertThat(request.path("OnDemandThroughputOverride").path("MaxReadRequestUnits").asInt())
        .isEqualTo(9);
    assertThat(request.path("SSESpecificationOverride").path("KMSMasterKeyId").asText())
        .isEqualTo("alias/orders");
    assertThat(world.describer().describe("Orders2").definition().globalSecondaryIndexes())
        .singleElement()
        .satisfies(index -> assertThat(index.indexName()).isEqualTo("byDue"));
  }

  @Test
  void refusesOverridesThatDoNotFitBeforeAwsIsAsked() throws InterruptedException {
    BackupArn backup = backup();

    assertThat(
            refusal(
                request(
                    backup,
                    TableOverrides.builder().billingMode(BillingMode.PROVISIONED).build(),
                    Optional.empty())))
        .isEqualTo(ErrorCode.USAGE);
    assertThat(
            refusal(
                request(
                    backup,
                    TableOverrides.builder().throughput(new Throughput(1, 1)).build(),
                    Optional.empty())))
        .isEqualTo(ErrorCode.USAGE);
    assertThat(
            refusal(
                request(
                    backup,
                    TableOverrides.builder()
                        .globalIndexes(IndexChoice.only(Set.of("byNothing")))
                        .build(),
                    Optional.empty())))
        .isEqualTo(ErrorCode.USAGE);
    assertThat(world.stub.requests("RestoreTableFromBackup")).isEmpty();
  }

  @Test
  @Tag("G11")
  void refusesATableThatExistsAndABackupThatIsGone() throws InterruptedException {
    BackupArn backup = backup();
    world.declare("Orders2");

    DynavaultException exists =
        failure(() -> plan(request(backup, TableOverrides.none(), Optional.empty())));
    world.client.deleteTable(b -> b.tableName("Orders2"));
    world.client.deleteBackup(b -> b.backupArn(backup.text()));

    assertThat(exists.code()).isEqualTo(ErrorCode.TABLE_EXISTS);
    assertThat(exists.hint()).contains("new tables only");
    assertThat(refusal(request(backup, TableOverrides.none(), Optional.empty())))
        .isEqualTo(ErrorCode.RECOVERY_POINT_NOT_FOUND);
  }

  @Test
  void restoresIntoAnotherRegionOnceAKeyIsGiven() throws InterruptedException {
    BackupArn backup = backup();
    try (RegionClients europe =
        new RegionClients(AwsClients.of(world.stub.endpoint("eu-west-1")))) {
      ManagedRestorePlanner planner = new ManagedRestorePlanner(europe, world.calls());

      DynavaultException failure =
          failure(() -> planner.plan(request(backup, TableOverrides.none(), Optional.empty())));
      ManagedRestorePlan plan =
          planner.plan(
              request(
                  backup,
                  TableOverrides.builder().encryption(Encryption.ownedByDynamoDb()).build(),
                  Optional.empty()));

      assertThat(failure.hint()).contains("--table-encryption");
      assertThat(plan.wanted()).isPresent();
      assertThat(plan.overrides().encryption().orElseThrow().enabled()).isFalse();
    }
  }

  @Test
  @Tag("G11")
  void aRestoreThatWasStoppedIsFinishedByResuming() throws InterruptedException {
    BackupArn backup = backup();
    world.stub.doneAfterLooks(4);
    ManagedRestoreRun run =
        new ManagedRestoreRun(
            world.tables, jobs(), world.calls(), Duration.ofMillis(50), world.context());
    ManagedRestorePlan plan = plan(request(backup, TableOverrides.none(), Optional.empty()));

    DynavaultException failure = failure(() -> run.run(plan));

    assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(failure.hint()).contains("--resume");
    assertThat(run.hasBegun()).isTrue();
    ManagedRestoreResult result =
        run(
            new ManagedRestoreRequest(
                new RestoreSource.Backup(backup),
                "Orders2",
                TableOverrides.none(),
                Optional.empty(),
                Beginning.RESUMED));
    assertThat(result.complete()).isTrue();
    assertThat(world.stub.requests("RestoreTableFromBackup")).hasSize(1);
    assertThat(world.describer().describe("Orders2").definition().settings().timeToLiveAttribute())
        .contains("ttl");
  }

  /** Settings of one table never go to another, which may lose its items by a time to live. */
  @Test
  @Tag("G11")
  void aTableThatWasNotMadeOfTheBackupIsNotResumedWith() throws InterruptedException {
    createTable("Older", "pk");
    world.stub.clock().advance(Duration.ofDays(1));
    BackupArn backup = backup();
    createTable("OtherKeys", "id");
    world.stub.doneAfterLooks(9);
    world.client.restoreTableFromBackup(
        b -> b.targetTableName("OfAnother").backupArn(backup().text()));

    for (String name : List.of("Orders", "Older", "OtherKeys", "OfAnother")) {
      ManagedRestoreRequest request =
          new ManagedRestoreRequest(
              new RestoreSource.Backup(backup),
              name,
              TableOverrides.none(),
              Optional.empty(),
              Beginning.RESUMED);

      DynavaultException failure = failure(() -> plan(request));

      assertThat(failure.code()).as(name).isEqualTo(ErrorCode.TABLE_EXISTS);
      assertThat(failure)
          .hasMessage(
              "unable to resume the restore of table '%s': it is there, and was not made of %s"
                  .formatted(name, backup));
    }
  }

  private void createTable(String name, String key) {
    world.stub.declareTable(
        """
        {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
         "KeySchema":[{"AttributeName":"%s","KeyType":"HASH"}],
         "AttributeDefinitions":[{"AttributeName":"%s","AttributeType":"S"}]}
        """
            .formatted(name, key, key));
  }

  @Test
  @Tag("G11")
  void aRequestThatWasSentTwiceIsOneRestore() throws InterruptedException {
    BackupArn backup = backup();
    world.stub.doneAfterLooks(4);
    ManagedRestorePlan plan = plan(request(backup, TableOverrides.none(), Optional.empty()));
    world.client.restoreTableFromBackup(b -> b.targetTableName("Orders2").backupArn(backup.text()));

    assertThat(
            new ManagedRestoreRun(
                    world.tables, jobs(), world.calls(), Duration.ofHours(1), world.context())
                .run(plan)
                .complete())
        .isTrue();
  }

  @Test
  void aSettingThatIsRefusedIsNamedAndKeepsNoOtherBack() throws InterruptedException {
    BackupArn backup = backup();
    world.stub.failNext("TagResource", AwsError.accessDenied("dynamodb:TagResource", "arn:x"), 1);

    ManagedRestoreResult result = run(request(backup, TableOverrides.none(), Optional.empty()));

    assertThat(result.complete()).isFalse();
    assertThat(result.settings())
        .filteredOn(outcome -> outcome.result() == SettingOutcome.Result.FAILED)
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.setting()).isEqualTo(Setting.TAGS);
              assertThat(outcome.reason().orElseThrow()).contains("dynamodb:TagResource");
            });
    assertThat(world.describer().describe("Orders2").definition().settings().timeToLiveAttribute())
        .contains("ttl");
  }

  @Test
  void restoresATableToATimeInItsWindow() throws InterruptedException {
    world.client.updateContinuousBackups(
        b ->
            b.tableName("Orders")
                .pointInTimeRecoverySpecification(
                    s -> s.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(7)));
    world.stub.clock().advance(Duration.ofDays(2));
    Instant time = AwsStub.START.plus(Duration.ofDays(1));

    run(pointInTime(Optional.of(time)));

    JsonNode asked = world.stub.requests("RestoreTableToPointInTime").get(0);
    assertThat(asked.path("SourceTableName").asText()).isEqualTo("Orders");
    assertThat(asked.path("RestoreDateTime").asLong()).isEqualTo(time.getEpochSecond());
    TableSettings restored = world.describer().describe("Orders2").definition().settings();
    assertThat(restored.timeToLiveAttribute()).contains("ttl");
    assertThat(restored.pointInTimeRecoveryDays()).hasValue(7);
  }

  @Test
  void saysWhatTimesThereAreWhereOneIsOutsideOfTheWindow() throws InterruptedException {
    DynavaultException off = failure(() -> plan(pointInTime(Optional.empty())));
    world.client.updateContinuousBackups(
        b ->
            b.tableName("Orders")
                .pointInTimeRecoverySpecification(s -> s.pointInTimeRecoveryEnabled(true)));
    DynavaultException early =
        failure(() -> plan(pointInTime(Optional.of(AwsStub.START.minusSeconds(3600)))));

    assertThat(off.code()).isEqualTo(ErrorCode.PITR_OFF);
    assertThat(off.hint()).contains("dynavault pitr enable --table Orders");
    assertThat(early.code()).isEqualTo(ErrorCode.TIME_INVALID);
    assertThat(early).hasMessageContaining("2026-01-02T03:04:05Z");
    assertThat(plan(pointInTime(Optional.empty())).tableName()).isEqualTo("Orders2");
  }

  private static ManagedRestoreRequest pointInTime(Optional<Instant> time) {
    return new ManagedRestoreRequest(
        new RestoreSource.PointInTime("us-east-1", "Orders", time),
        "Orders2",
        TableOverrides.none(),
        Optional.empty(),
        Beginning.NEW);
  }

  private BackupArn backup() {
    return BackupArn.parse(
        world
            .client
            .createBackup(b -> b.tableName("Orders").backupName("nightly"))
            .backupDetails()
            .backupArn());
  }

  private static ManagedRestoreRequest request(
      BackupArn backup, TableOverrides overrides, Optional<TableDefinition> original) {
    return new ManagedRestoreRequest(
        new RestoreSource.Backup(backup), "Orders2", overrides, original, Beginning.NEW);
  }

  private ManagedRestorePlan plan(ManagedRestoreRequest request) throws InterruptedException {
    return new ManagedRestorePlanner(regions, world.calls()).plan(request);
  }

  private ManagedRestoreResult run(ManagedRestoreRequest request) throws InterruptedException {
    return new ManagedRestoreRun(
            world.tables, jobs(), world.calls(), Duration.ofHours(1), world.context())
        .run(plan(request));
  }

  private ErrorCode refusal(ManagedRestoreRequest request) {
    return failure(() -> plan(request)).code();
  }

  private static DynavaultException failure(ThrowingCallable call) {
    return catchThrowableOfType(DynavaultException.class, call);
  }

  private Jobs jobs() {
    return new Jobs(world.clients.backup());
  }
}
