// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.testing.aws.AwsError;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RecoveryPointsTest {
  private final TestingAwsBackup aws = new TestingAwsBackup();
  private final RecoveryPoints points = aws.points();

  @BeforeEach
  void createAVault() {
    aws.vault("main");
  }

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void listsByVaultAndByTableOverAllPages() {
    aws.vault("other");
    aws.stub().pageSize(1);
    String first = aws.backUp("main", Lifecycle.FOR_EVER);
    String second = aws.backUp("main", Lifecycle.FOR_EVER);
    String elsewhere = aws.backUp("other", Lifecycle.FOR_EVER);

    assertThat(points.ofVault("main"))
        .extracting(AwsRecoveryPoint::arn)
        .containsExactly(first, second);
    assertThat(points.ofTable(TestingAwsBackup.TABLE_ARN))
        .extracting(AwsRecoveryPoint::vault)
        .containsExactly("main", "main", "other");
    assertThat(points.vaultOf(elsewhere, TestingAwsBackup.TABLE_ARN)).contains("other");
  }

  @Test
  void changesTheLifecycle() {
    String arn = aws.backUp("main", Lifecycle.deleteAfter(7));

    points.setLifecycle("main", arn, new Lifecycle(OptionalInt.of(30), OptionalInt.of(120)));

    AwsRecoveryPoint point = points.describe("main", arn);
    assertThat(point.lifecycle().orElseThrow().describe())
        .isEqualTo("cold after 30 days, deleted after 120 days");
    points.setLifecycle("main", arn, Lifecycle.FOR_EVER);
    assertThat(points.describe("main", arn).lifecycle()).contains(Lifecycle.FOR_EVER);
    assertThat(
            aws.stub().requests("UpdateRecoveryPointLifecycle").get(1).path("Lifecycle").toString())
        .contains("\"DeleteAfterDays\":-1", "\"MoveToColdStorageAfterDays\":-1");
  }

  @Test
  void refusesLifecyclesThatAwsWouldRefuse() {
    assertThatThrownBy(() -> new Lifecycle(OptionalInt.of(30), OptionalInt.of(119)))
        .hasMessage(
            "deletion after 119 days has to be at least 90 days after the move to cold storage,"
                + " which is after 30");
    assertThatThrownBy(() -> Lifecycle.deleteAfter(36_501)).hasMessageContaining("1 to 36500");
  }

  @Test
  @Tag("F17")
  void theLockProtectsFromDeletion() {
    String arn = aws.backUp("main", Lifecycle.deleteAfter(30));
    aws.vaults()
        .lock(
            "main",
            new VaultRetention(OptionalInt.of(7), OptionalInt.empty(), OptionalInt.empty()));

    DynavaultException refused =
        catchThrowableOfType(DynavaultException.class, () -> points.delete("main", arn));

    assertThat(refused.code()).isEqualTo(ErrorCode.LOCKED);
    assertThat(refused.hint()).isEqualTo("the vault's lock forbids it");
  }

  @Test
  @Tag("F17")
  void thePolicyProtectsFromDeletion() {
    String arn = aws.backUp("main", Lifecycle.FOR_EVER);
    aws.vaults().setPolicy("main", VaultPolicy.denyDeletion(List.of()));

    DynavaultException refused =
        catchThrowableOfType(DynavaultException.class, () -> points.delete("main", arn));

    assertThat(refused.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(refused.hint())
        .contains("a resource-based policy denies backup:DeleteRecoveryPoint");
    assertThat(points.describe("main", arn).isRestorable()).isTrue();
  }

  @Test
  @Tag("F17")
  void aLegalHoldProtectsFromDeletion() {
    String arn = aws.backUp("main", Lifecycle.FOR_EVER);
    aws.stub()
        .failNext(
            "DeleteRecoveryPoint",
            AwsError.of("InvalidRequestException", "The recovery point is under a legal hold"),
            1);

    assertThat(
            catchThrowableOfType(DynavaultException.class, () -> points.delete("main", arn)).code())
        .isEqualTo(ErrorCode.LOCKED);
  }

  @Test
  void saysThatSomethingElseIsBeingDone() {
    String arn = aws.backUp("main", Lifecycle.FOR_EVER);
    aws.stub()
        .failNext("DeleteRecoveryPoint", AwsError.of("InvalidResourceStateException", "busy"), 1);

    assertThat(
            catchThrowableOfType(DynavaultException.class, () -> points.delete("main", arn)).hint())
        .isEqualTo("something else is being done with it; run again in some minutes");
  }

  @Test
  void saysThatThereIsNoSuchPoint() {
    assertThat(
            catchThrowableOfType(
                    DynavaultException.class,
                    () ->
                        points.describe(
                            "main", "arn:aws:backup:us-east-1:111122223333:recovery-point:x"))
                .code())
        .isEqualTo(ErrorCode.RECOVERY_POINT_NOT_FOUND);
  }

  @Test
  void listsProtectedTables() {
    aws.backUp("main", Lifecycle.FOR_EVER);
    String last = aws.backUp("main", Lifecycle.FOR_EVER);

    assertThat(new RegionSettings(aws.client()).protectedTables())
        .singleElement()
        .satisfies(
            table -> {
              assertThat(table.name()).isEqualTo("Orders");
              assertThat(table.vault()).contains("main");
              assertThat(table.recoveryPointArn()).contains(last);
            });
  }

  @Test
  void enablesTheAdvancedFeatures() {
    RegionSettings settings = new RegionSettings(aws.client());
    settings.enable();

    assertThat(settings.describe()).isEqualTo(new RegionSettings.Settings(true, true));
    assertThat(aws.stub().requests("UpdateRegionSettings").get(0).toString())
        .isEqualTo(
            "{\"ResourceTypeOptInPreference\":{\"DynamoDB\":true},"
                + "\"ResourceTypeManagementPreference\":{\"DynamoDB\":true}}");
  }

  @Test
  void readsTablesInArns() {
    assertThat(TableArns.table("arn:aws:dynamodb:us-east-1:1:table/Orders/backup/0179"))
        .contains("Orders");
    assertThat(TableArns.tableArn("arn:aws:dynamodb:us-east-1:1:table/Orders/backup/0179"))
        .contains("arn:aws:dynamodb:us-east-1:1:table/Orders");
    assertThat(TableArns.table("arn:aws:backup:us-east-1:1:recovery-point:0179")).isEmpty();
    assertThat(TableArns.lastPart("arn:aws:backup:us-east-1:1:backup-vault:main"))
        .isEqualTo("main");
  }
}
