// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.testing.aws.AwsError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VaultsTest {
  private final TestingAwsBackup aws = new TestingAwsBackup();
  private final Vaults vaults = aws.vaults();

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void createsOnceForATokenAndRefusesASecondOfTheName() {
    String arn = vaults.create("main", null, Map.of("team", "shop"), "dynavault-1");

    assertThat(vaults.create("main", null, Map.of(), "dynavault-1")).isEqualTo(arn);
    assertThatThrownBy(() -> vaults.create("main", null, Map.of(), "dynavault-2"))
        .isInstanceOf(DynavaultException.class)
        .hasMessage("unable to create vault 'main': Backup vault with the same name already exists")
        .extracting(e -> ((DynavaultException) e).code())
        .isEqualTo(ErrorCode.VAULT_EXISTS);
    assertThat(new ResourceTags(aws.client()).of(arn)).containsExactly(Map.entry("team", "shop"));
  }

  /** What somebody has called a vault or a selection says nothing about the reason. */
  @Test
  void namesAreNoReasons() {
    aws.stub()
        .failNext(
            "CreateBackupVault", AwsError.of("InvalidParameterValueException", "no such key"), 1);
    assertThatThrownBy(() -> vaults.create("blockchain", null, Map.of(), "dynavault-1"))
        .hasMessage("unable to create vault 'blockchain': no such key")
        .extracting(e -> ((DynavaultException) e).code())
        .isEqualTo(ErrorCode.REQUEST_REFUSED);

    assertThatThrownBy(
            () ->
                Calls.call(
                    "DeleteBackupSelection",
                    "delete selection 'vault-tables'",
                    () ->
                        aws.client()
                            .deleteBackupSelection(b -> b.backupPlanId("p").selectionId("s"))))
        .extracting(e -> ((DynavaultException) e).code())
        .isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
  }

  @Test
  void listsAllPages() {
    aws.stub().pageSize(1);
    aws.vault("a1");
    aws.vault("b2");
    aws.vault("c3");

    assertThat(vaults.list()).extracting(AwsVault::name).containsExactly("a1", "b2", "c3");
    assertThat(aws.stub().requests("ListBackupVaults")).hasSize(3);
  }

  @Test
  void stopsAtAPageThatComesAgain() {
    assertThatThrownBy(
            () -> Pages.all(token -> "page", page -> List.of(page), page -> "again", page -> page))
        .isInstanceOf(DynavaultException.class)
        .hasMessageContaining("same page again");
  }

  @Test
  void takesDeniedAccessToAnUnknownVaultForWhatItIs() {
    aws.vault("main");

    assertThat(vaults.find("other")).isEmpty();
    DynavaultException failure =
        catchThrowableOfType(DynavaultException.class, () -> vaults.describe("other"));
    assertThat(failure.code()).isEqualTo(ErrorCode.VAULT_NOT_FOUND);
    assertThat(failure)
        .hasMessage("unable to describe vault 'other': AWS Backup has no such vault");
  }

  @Test
  void saysWhenAccessToAVaultThatExistsIsDenied() {
    aws.vault("main");
    aws.stub()
        .failNext(
            "DescribeBackupVault", AwsError.accessDenied("backup:DescribeBackupVault", "vault"), 1);

    DynavaultException failure =
        catchThrowableOfType(DynavaultException.class, () -> vaults.find("main"));
    assertThat(failure.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(failure.hint()).contains("grant backup:DescribeBackupVault");
  }

  @Test
  void deletesEmptyVaultsOnly() {
    aws.vault("main");
    String point = aws.backUp("main", Lifecycle.FOR_EVER);

    DynavaultException refused =
        catchThrowableOfType(DynavaultException.class, () -> vaults.delete("main"));
    assertThat(refused)
        .hasMessage(
            "unable to delete vault 'main': Backup vault cannot be deleted because it contains"
                + " recovery points.");
    assertThat(refused.hint()).contains("points list --vault-name");
    aws.points().delete("main", point);
    vaults.delete("main");
    assertThat(vaults.list()).isEmpty();
  }

  @Test
  void locksInGovernanceModeAndUnlocks() {
    aws.vault("main");

    vaults.lock(
        "main", new VaultRetention(OptionalInt.of(7), OptionalInt.of(365), OptionalInt.empty()));

    AwsVault locked = vaults.describe("main");
    assertThat(locked.lockText()).isEqualTo("governance, at least 7 days, at most 365 days");
    vaults.unlock("main");
    assertThat(vaults.describe("main").lockText()).isEqualTo("none");
  }

  @Test
  void cannotUnlockAfterTheLockIsFinal() {
    aws.vault("main");
    vaults.lock(
        "main", new VaultRetention(OptionalInt.of(7), OptionalInt.empty(), OptionalInt.of(3)));
    assertThat(vaults.describe("main").lockText())
        .isEqualTo("compliance, final from 2026-01-05T03:04:05.678Z, at least 7 days");

    aws.stub().clock().advance(Duration.ofDays(4));

    DynavaultException refused =
        catchThrowableOfType(DynavaultException.class, () -> vaults.unlock("main"));
    assertThat(refused.code()).isEqualTo(ErrorCode.LOCKED);
    assertThat(refused)
        .hasMessage(
            "unable to unlock vault 'main': Vault Lock configuration is immutable and cannot be"
                + " deleted");
  }

  @Test
  void refusesLocksThatAwsWouldRefuse() {
    assertThatThrownBy(
            () -> new VaultRetention(OptionalInt.of(9), OptionalInt.of(8), OptionalInt.empty()))
        .hasMessage("the least retention, 9 days, is above the longest, 8");
    assertThatThrownBy(
            () -> new VaultRetention(OptionalInt.of(9), OptionalInt.empty(), OptionalInt.of(2)))
        .hasMessageContaining("2 days, is not within 3 to 36500");
  }

  @Test
  void keepsPolicyAndNotifications() {
    aws.vault("main");
    assertThat(vaults.policy("main")).isEmpty();
    assertThat(vaults.notifications("main")).isEmpty();

    String policy = VaultPolicy.denyDeletion(List.of("arn:aws:iam::111122223333:role/admin"));
    vaults.setPolicy("main", policy);
    VaultNotifications wanted =
        new VaultNotifications(
            "arn:aws:sns:us-east-1:111122223333:backups", VaultNotifications.DEFAULT_EVENTS);
    vaults.setNotifications("main", wanted);

    assertThat(vaults.policy("main")).contains(policy);
    assertThat(vaults.notifications("main")).contains(wanted);
    vaults.removePolicy("main");
    vaults.removeNotifications("main");
    assertThat(vaults.policy("main")).isEmpty();
    assertThat(vaults.notifications("main")).isEmpty();
  }

  @Test
  void comparesPoliciesByWhatTheySay() {
    assertThat(VaultPolicy.normal("{ \"b\": [1, 2],\n \"a\": \"x\" }"))
        .isEqualTo("{\"a\":\"x\",\"b\":[1,2]}");
    assertThatThrownBy(() -> VaultPolicy.normal("[]")).hasMessage("it is not a JSON object");
    assertThatThrownBy(() -> VaultPolicy.normal("{")).hasMessageStartingWith("it is not JSON");
  }

  @Test
  void changesTagsToWhatIsWanted() {
    String arn = vaults.create("main", null, Map.of("a", "1", "b", "2"), "dynavault-1");
    ResourceTags tags = new ResourceTags(aws.client());

    tags.retag(arn, Map.of("b", "3", "c", "4"));

    assertThat(tags.of(arn)).containsExactly(Map.entry("b", "3"), Map.entry("c", "4"));
  }

  @Test
  void retriesWhatIsThrottled() {
    aws.vault("main");
    aws.stub().throttleNext("ListBackupVaults", 2);

    assertThat(vaults.list()).hasSize(1);
    assertThat(aws.stub().requests("ListBackupVaults")).hasSize(3);
  }
}
