// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.dynavault.aws.awsbackup.TestingAwsBackup;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.testing.aws.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.backup.model.AdvancedBackupSetting;
import software.amazon.awssdk.services.backup.model.BackupPlanInput;
import software.amazon.awssdk.services.backup.model.BackupRuleInput;

class PlanApplyTest {
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

  private PlanDocument export(String... tests) {
    return reader.export("nightly", List.of(tests), note -> fail(note));
  }

  @Test
  void createsEverythingOnceAndThenNothing() {
    assertThat(apply(DocumentReaderTest.WHOLE))
        .containsExactly(
            "CREATE VAULT main",
            "CREATE VAULT other",
            "CREATE PLAN nightly",
            "CREATE SELECTION tagged",
            "CREATE RESTORE_TEST monthly",
            "CREATE RESTORE_TEST_SELECTION monthly/orders");

    assertThat(diff(DocumentReaderTest.WHOLE).changes()).isEmpty();
    assertThat(apply(DocumentReaderTest.WHOLE)).isEmpty();
  }

  @Test
  void exportsWhatIsThere() {
    apply(DocumentReaderTest.WHOLE);

    String yaml = DocumentWriter.write(export("monthly"));

    assertThat(diff(yaml).changes()).isEmpty();
    assertThat(yaml).contains("plan: nightly", "schedule: cron(0 3 * * ? *)", "min-retention: 7d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-retention: 365d | max-retention: 364d | deleted after 365 days, and the vault's lock"
            + " allows 364 days at most",
        "min-retention: 7d   | min-retention: 366d | deleted after 365 days, and the vault's lock"
            + " wants 366 days at least",
        "delete-after: 1y    | # for ever          | kept for ever, and the vault's lock allows"
            + " 365 days at most"
      })
  void refusesRulesWhoseJobsTheLockLetsFail(String old, String changed, String reason) {
    String yaml =
        DocumentReaderTest.WHOLE
            .replace("max-retention: 365d", changed.startsWith("min") ? "" : "max-retention: 365d")
            .replace(old, changed);

    assertThatThrownBy(() -> diff(yaml))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCKED))
        .hasMessageStartingWith("unable to use rule 'daily' with vault 'main': its backups are ")
        .hasMessageEndingWith(reason);
  }

  @Test
  void saysWhichFieldsDiffer() {
    apply(DocumentReaderTest.WHOLE);

    PlanDiff diff =
        diff(
            DocumentReaderTest.WHOLE
                .replace("daily at 03:00", "daily at 04:00")
                .replace("completion-window: 3h", "completion-window: 4h")
                .replace("min-retention: 7d", "min-retention: 8d"));

    assertThat(diff.changes()).hasSize(2);
    assertThat(diff.changes().get(0).fields())
        .extracting(
            field -> field.path() + ": " + field.before().get() + " -> " + field.after().get())
        .containsExactly("lock.min-retention: 7d -> 8d");
    assertThat(diff.changes().get(1).fields())
        .extracting(
            field -> field.path() + ": " + field.before().get() + " -> " + field.after().get())
        .containsExactly(
            "rules.daily.completion-window: 3h -> 4h",
            "rules.daily.schedule: cron(0 3 * * ? *) -> cron(0 4 * * ? *)");
  }

  @Test
  void saysWhereACopyGoesIntoTheVaultThatItComesFrom() {
    aws.vault("main");
    String yaml =
        """
        plan: nightly
        rules:
          - name: daily
            vault: main
            schedule: daily at 03:00
            copies:
              - vault: %s
        """;

    assertThat(diff(yaml.formatted(aws.vaults().describe("main").arn())).notes())
        .contains("rule 'daily' copies its backups into vault 'main', which they are in");
    assertThat(
            diff(yaml.formatted("arn:aws:backup:eu-west-1:111122223333:backup-vault:dr")).notes())
        .noneMatch(note -> note.contains("copies its backups"));
  }

  @Test
  void replacesASelectionByMakingTheNewOneFirst() {
    apply(DocumentReaderTest.WHOLE);
    aws.stub().forgetRequests();

    assertThat(apply(DocumentReaderTest.WHOLE.replace("[backup=daily]", "[backup=weekly]")))
        .containsExactly("REPLACE SELECTION tagged");

    assertThat(aws.stub().calls())
        .containsSubsequence("CreateBackupSelection", "DeleteBackupSelection");
    assertThat(export().selections())
        .singleElement()
        .satisfies(
            selection ->
                assertThat(selection.tags())
                    .containsExactly(new PlanSelection.Tag("backup", "weekly")));
  }

  /** The new one was made and the old one not deleted: whichever is wanted then, one is left. */
  @ParameterizedTest
  @ValueSource(strings = {"daily", "weekly"})
  void aReplacementThatWasCutShortLeavesNoSecondSelection(String wanted) {
    apply(DocumentReaderTest.WHOLE);
    aws.stub().failNext("DeleteBackupSelection", AwsError.of("InvalidRequestException", "no"), 1);
    assertThatThrownBy(
            () -> apply(DocumentReaderTest.WHOLE.replace("[backup=daily]", "[backup=weekly]")))
        .isInstanceOf(DynavaultException.class);
    assertThat(export().selections()).hasSize(2);

    String document =
        DocumentReaderTest.WHOLE.replace("[backup=daily]", "[backup=%s]".formatted(wanted));
    assertThat(apply(document)).containsExactly("REPLACE SELECTION tagged");

    assertThat(export().selections())
        .singleElement()
        .satisfies(
            selection ->
                assertThat(selection.tags())
                    .containsExactly(new PlanSelection.Tag("backup", wanted)));
    assertThat(diff(document).changes()).isEmpty();
  }

  @Test
  void replacesInPlaceWhereTwoOfANameCannotBe() {
    apply(DocumentReaderTest.WHOLE);
    aws.stub()
        .failNext("CreateBackupSelection", AwsError.of("AlreadyExistsException", "exists"), 1);

    apply(DocumentReaderTest.WHOLE.replace("[backup=daily]", "[backup=weekly]"));

    assertThat(export().selections())
        .singleElement()
        .satisfies(
            selection ->
                assertThat(selection.tags())
                    .containsExactly(new PlanSelection.Tag("backup", "weekly")));
  }

  @Test
  void putsTheOldSelectionBackIfTheNewOneIsRefused() {
    apply(DocumentReaderTest.WHOLE);
    aws.stub()
        .failNext("CreateBackupSelection", AwsError.of("AlreadyExistsException", "exists"), 1);

    assertThatThrownBy(
            () ->
                apply(
                    DocumentReaderTest.WHOLE
                        .replace("[backup=daily]", "[backup=weekly]")
                        .replace("role/backup", "role/untrusted")))
        .hasMessageContaining("cannot be assumed by AWS Backup");

    assertThat(export().selections())
        .singleElement()
        .satisfies(
            selection ->
                assertThat(selection.tags())
                    .containsExactly(new PlanSelection.Tag("backup", "daily")));
  }

  @Test
  void deletesSelectionsOfItsOwnThatAreNotWantedAnyMore() {
    apply(DocumentReaderTest.WHOLE);

    assertThat(apply(DocumentReaderTest.WHOLE.replace("name: tagged", "name: renamed")))
        .containsExactly("CREATE SELECTION renamed", "DELETE SELECTION tagged");
  }

  @Test
  void leavesSelectionsOfOthersUnlessTheDocumentNamesThem() {
    apply(DocumentReaderTest.WHOLE);
    String planId = reader.planId("nightly").orElseThrow();
    PlanSelection other =
        new PlanSelection(
            "by-hand", TestingAwsBackup.ROLE, List.of("*"), List.of(), List.of(), List.of());
    new BackupPlans(aws.client()).createSelection(planId, other, "terraform-1");

    PlanDiff diff = diff(DocumentReaderTest.WHOLE);
    assertThat(diff.changes()).isEmpty();
    assertThat(diff.notes())
        .singleElement()
        .asString()
        .contains("selection 'by-hand' is not in the document and stays");
    assertThat(apply(DocumentReaderTest.WHOLE.replace("[old]", "[by-hand]")))
        .containsExactly("DELETE SELECTION by-hand");
  }

  @Test
  void keepsWhatDocumentsDoNotKnow() {
    apply(DocumentReaderTest.WHOLE);
    String planId = reader.planId("nightly").orElseThrow();
    aws.client()
        .updateBackupPlan(
            r ->
                r.backupPlanId(planId)
                    .backupPlan(
                        BackupPlanInput.builder()
                            .backupPlanName("nightly")
                            .advancedBackupSettings(
                                AdvancedBackupSetting.builder()
                                    .resourceType("EC2")
                                    .backupOptions(Map.of("WindowsVSS", "enabled"))
                                    .build())
                            .rules(
                                BackupRuleInput.builder()
                                    .ruleName("daily")
                                    .targetBackupVaultName("main")
                                    .enableContinuousBackup(true)
                                    .build())
                            .build()));

    assertThat(apply(DocumentReaderTest.WHOLE)).containsExactly("CHANGE PLAN nightly");

    assertThat(new BackupPlans(aws.client()).get(planId))
        .satisfies(
            plan -> {
              assertThat(plan.advancedBackupSettings()).hasSize(1);
              assertThat(plan.rules().get(0).enableContinuousBackup()).isTrue();
              assertThat(plan.rules().get(0).scheduleExpression()).isEqualTo("cron(0 3 * * ? *)");
            });
  }

  @Test
  void takesAwayWhatIsSaidToBeNone() {
    apply(DocumentReaderTest.WHOLE);
    String without =
        DocumentReaderTest.WHOLE
            .replaceAll("(?s)lock:\n.*?policy: deny-deletion", "lock: none\n    policy: none")
            .replaceAll("(?s)notifications:\n.*?COMPLETED]", "notifications: none");

    assertThat(apply(without)).containsExactly("CHANGE VAULT main");

    assertThat(aws.vaults().describe("main").locked()).isFalse();
    assertThat(aws.vaults().policy("main")).isEmpty();
    assertThat(aws.vaults().notifications("main")).isEmpty();
    assertThat(diff(without).changes()).isEmpty();
  }

  @Test
  void leavesAloneWhatTheDocumentDoesNotSay() {
    apply(DocumentReaderTest.WHOLE);
    String silent =
        DocumentReaderTest.WHOLE.replaceAll(
            "(?s)vaults:\n  - name: main.*restore-tests", "restore-tests");

    assertThat(diff(silent).changes()).isEmpty();
  }

  @Test
  @Tag("G12")
  void changesAndDeletesRestoreTests() {
    apply(DocumentReaderTest.WHOLE);
    assertThat(
            apply(
                DocumentReaderTest.WHOLE
                    .replace("pick: random", "pick: latest")
                    .replace("keep-for: 4h", "keep-for: 5h")))
        .containsExactly(
            "CHANGE RESTORE_TEST monthly", "CHANGE RESTORE_TEST_SELECTION monthly/orders");

    String removed =
        DocumentReaderTest.WHOLE.replaceAll(
            "(?s)restore-tests:.*", "delete: {restore-tests: [monthly]}");
    assertThat(apply(removed)).containsExactly("DELETE RESTORE_TEST monthly");
    assertThat(diff(removed).changes()).isEmpty();
  }

  @Test
  void namesAndDeletesPlans() {
    apply(DocumentReaderTest.WHOLE);
    BackupPlans plans = new BackupPlans(aws.client());
    aws.stub().pageSize(1);

    assertThat(plans.list()).extracting(BackupPlans.Summary::name).containsExactly("nightly");
    plans.delete(reader.planId("nightly").orElseThrow());
    assertThat(plans.list()).isEmpty();
    assertThatThrownBy(() -> export())
        .hasMessage("unable to read plan 'nightly': AWS Backup has no such plan");
  }
}
