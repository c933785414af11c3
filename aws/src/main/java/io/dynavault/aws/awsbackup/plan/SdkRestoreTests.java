// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import io.dynavault.aws.awsbackup.plan.RestoreTest.Pick;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.backup.model.KeyValue;
import software.amazon.awssdk.services.backup.model.ProtectedResourceConditions;
import software.amazon.awssdk.services.backup.model.RestoreTestingPlanForCreate;
import software.amazon.awssdk.services.backup.model.RestoreTestingPlanForGet;
import software.amazon.awssdk.services.backup.model.RestoreTestingPlanForUpdate;
import software.amazon.awssdk.services.backup.model.RestoreTestingRecoveryPointSelection;
import software.amazon.awssdk.services.backup.model.RestoreTestingSelectionForCreate;
import software.amazon.awssdk.services.backup.model.RestoreTestingSelectionForGet;
import software.amazon.awssdk.services.backup.model.RestoreTestingSelectionForUpdate;

/** Restore tests as the SDK has them, both ways. */
final class SdkRestoreTests {
  private static final String DYNAMODB = "DynamoDB";
  private static final String SNAPSHOT = "SNAPSHOT";

  private SdkRestoreTests() {}

  static RestoreTest test(RestoreTestingPlanForGet plan, List<RestoreTest.Selection> selections) {
    RestoreTestingRecoveryPointSelection points = plan.recoveryPointSelection();
    return new RestoreTest(
        plan.restoreTestingPlanName(),
        SdkPlans.schedule(plan.scheduleExpression(), plan.scheduleExpressionTimezone()),
        orElse(plan.startWindowHours(), RestoreTest.DEFAULT_START_WINDOW_HOURS),
        Pick.RANDOM.algorithm().equals(points.algorithmAsString()) ? Pick.RANDOM : Pick.LATEST,
        points.includeVaults(),
        points.excludeVaults(),
        orElse(points.selectionWindowDays(), RestoreTest.DEFAULT_WINDOW_DAYS),
        selections);
  }

  static RestoreTest.Selection selection(RestoreTestingSelectionForGet selection) {
    ProtectedResourceConditions conditions = selection.protectedResourceConditions();
    return new RestoreTest.Selection(
        selection.restoreTestingSelectionName(),
        selection.iamRoleArn(),
        selection.protectedResourceArns().isEmpty()
            ? List.of("*")
            : selection.protectedResourceArns(),
        conditions == null ? Map.of() : tags(conditions.stringEquals()),
        conditions == null ? Map.of() : tags(conditions.stringNotEquals()),
        selection.restoreMetadataOverrides(),
        orElse(selection.validationWindowHours(), 0));
  }

  static RestoreTestingPlanForCreate create(RestoreTest test) {
    return RestoreTestingPlanForCreate.builder()
        .restoreTestingPlanName(test.name())
        .scheduleExpression(test.schedule().expression())
        .scheduleExpressionTimezone(test.schedule().zone())
        .startWindowHours(test.startWindowHours())
        .recoveryPointSelection(points(test, List.of(SNAPSHOT)))
        .build();
  }

  /**
   * @param types kinds of recovery points that are in the account, which documents do not know
   */
  static RestoreTestingPlanForUpdate update(RestoreTest test, List<String> types) {
    return RestoreTestingPlanForUpdate.builder()
        .scheduleExpression(test.schedule().expression())
        .scheduleExpressionTimezone(test.schedule().zone())
        .startWindowHours(test.startWindowHours())
        .recoveryPointSelection(points(test, types))
        .build();
  }

  private static RestoreTestingRecoveryPointSelection points(RestoreTest test, List<String> types) {
    return RestoreTestingRecoveryPointSelection.builder()
        .algorithm(test.pick().algorithm())
        .includeVaults(test.includeVaults())
        .excludeVaults(test.excludeVaults())
        .recoveryPointTypesWithStrings(types)
        .selectionWindowDays(test.windowDays())
        .build();
  }

  static RestoreTestingSelectionForCreate create(RestoreTest.Selection selection) {
    return RestoreTestingSelectionForCreate.builder()
        .restoreTestingSelectionName(selection.name())
        .protectedResourceType(DYNAMODB)
        .iamRoleArn(selection.role())
        .protectedResourceArns(selection.resources())
        .protectedResourceConditions(conditions(selection))
        .restoreMetadataOverrides(selection.overrides())
        .validationWindowHours(selection.validationWindowHours())
        .build();
  }

  static RestoreTestingSelectionForUpdate update(RestoreTest.Selection selection) {
    return RestoreTestingSelectionForUpdate.builder()
        .iamRoleArn(selection.role())
        .protectedResourceArns(selection.resources())
        .protectedResourceConditions(conditions(selection))
        .restoreMetadataOverrides(selection.overrides())
        .validationWindowHours(selection.validationWindowHours())
        .build();
  }

  private static ProtectedResourceConditions conditions(RestoreTest.Selection selection) {
    return ProtectedResourceConditions.builder()
        .stringEquals(pairs(selection.equal()))
        .stringNotEquals(pairs(selection.notEqual()))
        .build();
  }

  private static List<KeyValue> pairs(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(
                tag ->
                    KeyValue.builder()
                        .key(SdkPlans.conditionKey(tag.getKey()))
                        .value(tag.getValue())
                        .build())
            .toList();
  }

  private static Map<String, String> tags(List<KeyValue> pairs) {
    Map<String, String> tags = new TreeMap<>();
    pairs.forEach(pair -> tags.put(SdkPlans.tagKey(pair.key()), pair.value()));
    return tags;
  }

  private static int orElse(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
