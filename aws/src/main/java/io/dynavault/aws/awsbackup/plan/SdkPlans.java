// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.aws.awsbackup.plan.PlanSelection.Condition;
import io.dynavault.aws.awsbackup.plan.PlanSelection.Operator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.backup.model.BackupPlan;
import software.amazon.awssdk.services.backup.model.BackupPlanInput;
import software.amazon.awssdk.services.backup.model.BackupRule;
import software.amazon.awssdk.services.backup.model.BackupRuleInput;
import software.amazon.awssdk.services.backup.model.BackupSelection;
import software.amazon.awssdk.services.backup.model.ConditionParameter;
import software.amazon.awssdk.services.backup.model.Conditions;
import software.amazon.awssdk.services.backup.model.CopyAction;

/** Rules and selections as the SDK has them, both ways. */
final class SdkPlans {
  /** AWS's default, for rules without a schedule. */
  private static final String DEFAULT_SCHEDULE = "cron(0 5 ? * * *)";

  private static final String TAG_PREFIX = "aws:ResourceTag/";
  private static final String EQUALS = "STRINGEQUALS";

  private SdkPlans() {}

  static PlanRule rule(BackupRule rule) {
    return new PlanRule(
        rule.ruleName(),
        rule.targetBackupVaultName(),
        schedule(rule.scheduleExpression(), rule.scheduleExpressionTimezone()),
        minutes(rule.startWindowMinutes(), PlanRule.DEFAULT_START_WINDOW),
        minutes(rule.completionWindowMinutes(), PlanRule.DEFAULT_COMPLETION_WINDOW),
        Lifecycle.of(rule.lifecycle()),
        rule.copyActions().stream()
            .map(
                copy ->
                    new PlanCopy(copy.destinationBackupVaultArn(), Lifecycle.of(copy.lifecycle())))
            .toList(),
        rule.recoveryPointTags());
  }

  static PlanSchedule schedule(@Nullable String expression, @Nullable String zone) {
    return new PlanSchedule(
        expression == null ? DEFAULT_SCHEDULE : expression,
        zone == null ? PlanSchedule.DEFAULT_ZONE : zone);
  }

  /**
   * The plan to send.
   *
   * @param present what is in the account; what documents do not know is kept
   */
  static BackupPlanInput plan(PlanDocument document, Optional<BackupPlan> present) {
    BackupPlanInput.Builder plan = BackupPlanInput.builder().backupPlanName(document.name());
    present
        .filter(BackupPlan::hasAdvancedBackupSettings)
        .ifPresent(old -> plan.advancedBackupSettings(old.advancedBackupSettings()));
    present
        .filter(BackupPlan::hasScanSettings)
        .ifPresent(old -> plan.scanSettings(old.scanSettings()));
    List<BackupRuleInput> rules = new ArrayList<>();
    for (PlanRule rule : document.rules()) {
      Optional<BackupRule> old =
          present.flatMap(
              all -> all.rules().stream().filter(r -> rule.name().equals(r.ruleName())).findAny());
      rules.add(rule(rule, old));
    }
    return plan.rules(rules).build();
  }

  private static BackupRuleInput rule(PlanRule rule, Optional<BackupRule> present) {
    BackupRuleInput.Builder builder = BackupRuleInput.builder();
    present.ifPresent(old -> keepUnknown(builder, old));
    builder
        .ruleName(rule.name())
        .targetBackupVaultName(rule.vault())
        .scheduleExpression(rule.schedule().expression())
        .scheduleExpressionTimezone(rule.schedule().zone())
        .startWindowMinutes(rule.startWindow().toMinutes())
        .completionWindowMinutes(rule.completionWindow().toMinutes());
    if (!rule.lifecycle().equals(Lifecycle.FOR_EVER)) {
      builder.lifecycle(rule.lifecycle().toRequest());
    }
    if (!rule.tags().isEmpty()) {
      builder.recoveryPointTags(rule.tags());
    }
    if (!rule.copies().isEmpty()) {
      builder.copyActions(rule.copies().stream().map(SdkPlans::copy).toList());
    }
    return builder.build();
  }

  private static void keepUnknown(BackupRuleInput.Builder builder, BackupRule old) {
    builder
        .enableContinuousBackup(old.enableContinuousBackup())
        .targetLogicallyAirGappedBackupVaultArn(old.targetLogicallyAirGappedBackupVaultArn());
    if (old.hasIndexActions()) {
      builder.indexActions(old.indexActions());
    }
    if (old.hasScanActions()) {
      builder.scanActions(old.scanActions());
    }
  }

  private static CopyAction copy(PlanCopy copy) {
    CopyAction.Builder builder = CopyAction.builder().destinationBackupVaultArn(copy.vaultArn());
    if (!copy.lifecycle().equals(Lifecycle.FOR_EVER)) {
      builder.lifecycle(copy.lifecycle().toRequest());
    }
    return builder.build();
  }

  static PlanSelection selection(BackupSelection selection) {
    List<Condition> conditions = new ArrayList<>();
    Conditions found = selection.conditions();
    if (found != null) {
      add(conditions, Operator.EQUALS, found.stringEquals());
      add(conditions, Operator.NOT_EQUALS, found.stringNotEquals());
      add(conditions, Operator.LIKE, found.stringLike());
      add(conditions, Operator.NOT_LIKE, found.stringNotLike());
    }
    return new PlanSelection(
        selection.selectionName(),
        selection.iamRoleArn(),
        selection.resources(),
        selection.notResources(),
        selection.listOfTags().stream()
            .map(tag -> new PlanSelection.Tag(tag.conditionKey(), tag.conditionValue()))
            .toList(),
        conditions);
  }

  private static void add(
      List<Condition> conditions, Operator operator, List<ConditionParameter> parameters) {
    for (ConditionParameter parameter : parameters) {
      conditions.add(
          new Condition(operator, tagKey(parameter.conditionKey()), parameter.conditionValue()));
    }
  }

  static BackupSelection selection(PlanSelection selection) {
    BackupSelection.Builder builder =
        BackupSelection.builder().selectionName(selection.name()).iamRoleArn(selection.role());
    if (!selection.resources().isEmpty()) {
      builder.resources(selection.resources());
    }
    if (!selection.notResources().isEmpty()) {
      builder.notResources(selection.notResources());
    }
    if (!selection.tags().isEmpty()) {
      builder.listOfTags(
          selection.tags().stream()
              .map(
                  tag ->
                      software.amazon.awssdk.services.backup.model.Condition.builder()
                          .conditionType(EQUALS)
                          .conditionKey(tag.key())
                          .conditionValue(tag.value())
                          .build())
              .toList());
    }
    if (!selection.conditions().isEmpty()) {
      builder.conditions(
          Conditions.builder()
              .stringEquals(parameters(selection, Operator.EQUALS))
              .stringNotEquals(parameters(selection, Operator.NOT_EQUALS))
              .stringLike(parameters(selection, Operator.LIKE))
              .stringNotLike(parameters(selection, Operator.NOT_LIKE))
              .build());
    }
    return builder.build();
  }

  private static List<ConditionParameter> parameters(PlanSelection selection, Operator operator) {
    return selection.conditions().stream()
        .filter(condition -> condition.operator() == operator)
        .map(
            condition ->
                ConditionParameter.builder()
                    .conditionKey(TAG_PREFIX + condition.tag())
                    .conditionValue(condition.value())
                    .build())
        .toList();
  }

  /** The key of a tag without AWS's prefix. */
  static String tagKey(String key) {
    return key.startsWith(TAG_PREFIX) ? key.substring(TAG_PREFIX.length()) : key;
  }

  /** The key of a tag as conditions have it. */
  static String conditionKey(String tag) {
    return TAG_PREFIX + tag;
  }

  private static Duration minutes(@Nullable Long minutes, Duration otherwise) {
    return minutes == null ? otherwise : Duration.ofMinutes(minutes);
  }
}
