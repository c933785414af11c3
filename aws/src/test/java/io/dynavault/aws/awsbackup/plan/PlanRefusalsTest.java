// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.aws.awsbackup.TestingAwsBackup;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.testing.aws.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.backup.model.BackupRuleInput;

/** Plans that cannot be as the document says. */
class PlanRefusalsTest {
  private final TestingAwsBackup aws = new TestingAwsBackup();
  private final AccountReader reader = new AccountReader(aws.client());

  @AfterEach
  void close() {
    aws.close();
  }

  private PlanDiff diff(String yaml) {
    PlanDocument document = DocumentReader.read("plan.yaml", yaml);
    return PlanDiff.of(document, reader.read(document));
  }

  private List<String> apply(String yaml) {
    List<String> done = new ArrayList<>();
    new PlanApply(aws.client(), aws.random())
        .apply(
            diff(yaml),
            change -> done.add(change.action() + " " + change.kind() + " " + change.name()));
    return done;
  }

  @Test
  void refusesRulesAgainstALockThatOnlyTheAccountHas() {
    apply(DocumentReaderTest.WHOLE);
    String locked =
        DocumentReaderTest.WHOLE.substring(
            0, DocumentReaderTest.WHOLE.indexOf("vaults:\n  - name"));

    assertThat(diff(locked).changes()).isEmpty();
    assertThatThrownBy(
            () ->
                diff(
                    locked
                        .replace("delete-after: 1y", "delete-after: 6d")
                        .replace("cold-after: 30d", "")))
        .hasMessageContaining("deleted after 6 days, and the vault's lock wants 7 days at least");
  }

  @Test
  void warnsOfRulesThatTheAccountsLockLetsFailAlready() {
    String unlocked =
        DocumentReaderTest.WHOLE
            .replace("min-retention: 7d", "")
            .replace("max-retention: 365d", "");
    apply(unlocked.replaceAll("    lock:\\s+policy", "    policy"));
    aws.client()
        .putBackupVaultLockConfiguration(b -> b.backupVaultName("main").maxRetentionDays(300L));

    PlanDiff diff = diff(unlocked.replaceAll("    lock:\\s+policy", "    policy"));

    assertThat(diff.changes()).isEmpty();
    assertThat(diff.notes())
        .contains(
            "every job of rule 'daily' fails: its backups are cold after 30 days, deleted after 365"
                + " days, and the vault's lock allows 300 days at most");
  }

  @Test
  void refusesARuleWhoseVaultDoesNotExist() {
    DynavaultException failure =
        catchThrowableOfType(
            DynavaultException.class,
            () -> diff("plan: p\nrules:\n  - {name: r, vault: nowhere, schedule: hourly}\n"));

    assertThat(failure.code()).isEqualTo(ErrorCode.VAULT_NOT_FOUND);
    assertThat(failure).hasMessage("unable to use rule 'r': AWS Backup has no vault 'nowhere'");
    assertThat(failure.hint()).contains("aws-backup vault create nowhere");
  }

  @Test
  void refusesToChangeTheKeyOfAVault() {
    apply(DocumentReaderTest.WHOLE);

    assertThatThrownBy(
            () ->
                diff(
                    DocumentReaderTest.WHOLE.replace(
                        "- name: main\n",
                        "- name: main\n    key: arn:aws:kms:eu-west-1:111122223333:key/other\n")))
        .hasMessage("unable to change vault 'main': its key cannot be changed");
  }

  @Test
  void refusesTwoPlansOfOneName() {
    apply(DocumentReaderTest.WHOLE);
    aws.client()
        .createBackupPlan(
            r ->
                r.creatorRequestId("other")
                    .backupPlan(
                        p ->
                            p.backupPlanName("nightly")
                                .rules(
                                    BackupRuleInput.builder()
                                        .ruleName("r")
                                        .targetBackupVaultName("main")
                                        .build())));

    assertThatThrownBy(() -> diff(DocumentReaderTest.WHOLE))
        .hasMessage("unable to tell which plan is 'nightly': 2 have this name");
  }

  @Test
  void goesOnAfterAFailure() {
    aws.stub()
        .failNext("CreateBackupSelection", AwsError.of("LimitExceededException", "too many"), 1);
    assertThatThrownBy(() -> apply(DocumentReaderTest.WHOLE)).hasMessageContaining("too many");

    assertThat(apply(DocumentReaderTest.WHOLE))
        .containsExactly(
            "CREATE SELECTION tagged",
            "CREATE RESTORE_TEST monthly",
            "CREATE RESTORE_TEST_SELECTION monthly/orders");
    assertThat(diff(DocumentReaderTest.WHOLE).changes()).isEmpty();
  }

  @Test
  void saysWhatTheRegionHasNotEnabled() {
    aws.client()
        .updateRegionSettings(
            r ->
                r.resourceTypeOptInPreference(Map.of("DynamoDB", false))
                    .resourceTypeManagementPreference(Map.of("DynamoDB", false)));

    assertThat(diff(DocumentReaderTest.WHOLE).notes())
        .hasSize(2)
        .anySatisfy(note -> assertThat(note).contains("not opted in"))
        .anySatisfy(note -> assertThat(note).contains("advanced features"));
  }

  /** Imitations of AWS have plans and vaults, but neither of these. */
  @Test
  void managesPlansWhereTheEndpointHasNoSelectionsTestsAndPolicies() {
    aws.stub()
        .lack(
            404,
            "ListBackupSelections",
            "ListRestoreTestingPlans",
            "GetBackupVaultAccessPolicy",
            "GetBackupVaultNotifications",
            "DescribeRegionSettings");
    String yaml =
        """
        plan: nightly
        rules: [{name: daily, vault: main, schedule: daily at 03:00, delete-after: 30d}]
        vaults: [{name: main}]
        """;

    assertThat(apply(yaml)).containsExactly("CREATE VAULT main", "CREATE PLAN nightly");
    PlanDiff again = diff(yaml);
    List<String> notes = new ArrayList<>();
    PlanDocument exported = reader.export("nightly", List.of(), notes::add);

    assertThat(again.changes()).isEmpty();
    assertThat(again.notes())
        .anySatisfy(note -> assertThat(note).startsWith("selections are left out"));
    assertThat(diff(DocumentWriter.write(exported)).changes()).isEmpty();
    assertThat(notes)
        .extracting(note -> note.substring(0, note.indexOf(" are left out")))
        .containsExactlyInAnyOrder("selections", "access policies", "notifications");
    new BackupPlans(aws.client()).delete(reader.planId("nightly").orElseThrow());
    assertThat(new BackupPlans(aws.client()).list()).isEmpty();
  }

  @Test
  void saysThatTheEndpointLacksWhatTheDocumentNeeds() {
    aws.stub().lack(404, "ListRestoreTestingPlans");

    DynavaultException failure =
        catchThrowableOfType(DynavaultException.class, () -> diff(DocumentReaderTest.WHOLE));

    assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(failure)
        .hasMessage(
            "unable to list the restore tests: the endpoint answers HTTP 404 without an error of"
                + " AWS");
  }
}
