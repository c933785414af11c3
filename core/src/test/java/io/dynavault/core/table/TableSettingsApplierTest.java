// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.SettingOutcome.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;

class TableSettingsApplierTest {
  private static final String SCALING =
      """
      {"scalableTargets":[
        {"resourceId":"table/orders","scalableDimension":"dynamodb:table:ReadCapacityUnits",
         "minCapacity":5,"maxCapacity":50},
        {"resourceId":"table/orders/index/by-place",
         "scalableDimension":"dynamodb:index:ReadCapacityUnits","minCapacity":1,"maxCapacity":9},
        {"resourceId":"table/orders/index/dropped",
         "scalableDimension":"dynamodb:index:ReadCapacityUnits","minCapacity":1,"maxCapacity":9}],
       "scalingPolicies":[
        {"policyName":"reads","policyType":"TargetTrackingScaling","resourceId":"table/orders",
         "scalableDimension":"dynamodb:table:ReadCapacityUnits",
         "targetTrackingScalingPolicyConfiguration":{"targetValue":70.0,
           "predefinedMetricType":"DynamoDBReadCapacityUtilization","scaleInCooldown":60,
           "scaleOutCooldown":null,"disableScaleIn":false}}]}
      """;

  private final TestingDynamoDb dynamoDb = new TestingDynamoDb();
  private final TestingAutoScaling autoScaling = new TestingAutoScaling();
  private final List<Duration> pauses = new ArrayList<>();
  private TableClients clients = new TableClients(dynamoDb, Optional.of(autoScaling));

  /** The restored table has another name and nothing set. */
  private final TableDefinition wanted =
      TestingTables.withAutoScaling(
          TableOverrides.none().withTableName("restored").apply(TestingTables.everything()),
          SCALING);

  @BeforeEach
  void restore() {
    dynamoDb.tables.put(
        "restored",
        TestingDescriptions.everything().toBuilder()
            .tableName("restored")
            .tableArn(TestingDynamoDb.arn("restored"))
            .deletionProtectionEnabled(false)
            .streamSpecification(s -> s.streamEnabled(false))
            .tableClassSummary(c -> c.tableClass("STANDARD"))
            .build());
  }

  @Test
  void putsBackWhatARestoreDrops() {
    assertThat(apply(wanted)).allMatch(outcome -> outcome.result() == Result.APPLIED).hasSize(8);

    TableSettings has = new TableDescriber(clients).describe("restored").definition().settings();
    assertThat(has.tags()).isEqualTo(Map.of("team", "billing", "owner", ""));
    assertThat(has.streamViewType()).contains("NEW_AND_OLD_IMAGES");
    assertThat(has.timeToLiveAttribute()).contains("expires");
    assertThat(has.pointInTimeRecoveryDays()).isEqualTo(OptionalInt.of(35));
    assertThat(has.deletionProtection()).isTrue();
    assertThat(has.tableClass()).contains("STANDARD_INFREQUENT_ACCESS");
    assertThat(has.resourcePolicy()).isEqualTo(wanted.settings().resourcePolicy());
  }

  @Test
  void protectsTheTableLast() {
    assertThat(apply(wanted)).extracting(SettingOutcome::setting).containsExactly(Setting.values());
  }

  @Test
  void changesNothingTheSecondTime() {
    apply(wanted);
    dynamoDb.calls.clear();

    assertThat(apply(wanted)).allMatch(outcome -> outcome.result() == Result.APPLIED);

    assertThat(dynamoDb.calls)
        .doesNotContain(
            "TagResource",
            "PutResourcePolicy",
            "UpdateContinuousBackups",
            "UpdateTable",
            "UpdateTimeToLive");
  }

  @Test
  void scalesTheRestoredTableAndTheIndexesItHas() {
    apply(wanted);

    assertThat(autoScaling.targets)
        .extracting(ScalableTarget::resourceId)
        .containsExactly("table/restored", "table/restored/index/by-place");
    assertThat(autoScaling.targets.get(0).maxCapacity()).isEqualTo(50);
    assertThat(autoScaling.policies)
        .extracting(ScalingPolicy::resourceId)
        .containsExactly("table/restored");
    assertThat(autoScaling.policies.get(0).targetTrackingScalingPolicyConfiguration().targetValue())
        .isEqualTo(70.0);
    assertThat(
            autoScaling
                .policies
                .get(0)
                .targetTrackingScalingPolicyConfiguration()
                .scaleOutCooldown())
        .isNull();
  }

  @Test
  void reportsScalingPoliciesThatItCannotPutBack() {
    TableDefinition stepped =
        TestingTables.withAutoScaling(
            wanted,
            "{\"scalingPolicies\":[{\"policyName\":\"steps\",\"policyType\":\"StepScaling\","
                + "\"resourceId\":\"table/orders\"}]}");

    assertThat(outcome(apply(stepped), Setting.AUTO_SCALING))
        .isEqualTo(
            new SettingOutcome(
                Setting.AUTO_SCALING,
                Result.FAILED,
                Optional.of(
                    "unable to put back scaling policies 'steps': not target tracking of a"
                        + " predefined metric")));
  }

  @Test
  void oneFailureKeepsNothingElseFromBeingApplied() {
    dynamoDb.failAlways("TagResource", "LimitExceededException");
    dynamoDb.failAlways("UpdateTimeToLive", "UnknownOperationException");
    clients = new TableClients(dynamoDb, Optional.empty());

    List<SettingOutcome> outcomes = apply(wanted);

    assertThat(outcome(outcomes, Setting.TAGS).result()).isEqualTo(Result.FAILED);
    assertThat(outcome(outcomes, Setting.TAGS).reason().orElseThrow())
        .contains("LimitExceededException");
    assertThat(outcome(outcomes, Setting.TIME_TO_LIVE).result()).isEqualTo(Result.NOT_SUPPORTED);
    assertThat(outcome(outcomes, Setting.AUTO_SCALING).result()).isEqualTo(Result.NOT_SUPPORTED);
    assertThat(outcomes.stream().filter(o -> o.result() == Result.APPLIED)).hasSize(5);
  }

  @Test
  void reportsWhatTheSourceDidNotTell() {
    TableDefinition source =
        TestingTables.withSettings(
            wanted,
            withNotAnswered("tags", "resourcePolicy (access denied: dynamodb:GetResourcePolicy)"));

    assertThat(apply(source))
        .containsExactly(
            new SettingOutcome(Setting.TAGS, Result.NOT_KNOWN, Optional.of("tags")),
            new SettingOutcome(
                Setting.RESOURCE_POLICY,
                Result.NOT_KNOWN,
                Optional.of("resourcePolicy (access denied: dynamodb:GetResourcePolicy)")));
  }

  @Test
  void saysNothingOfSettingsThatTheTableDidNotHave() {
    assertThat(apply(TestingTables.withSettings(wanted, TableSettings.none()))).isEmpty();
  }

  @Test
  void waitsUntilBackupsOfTheNewTableAreAvailable() {
    dynamoDb.fail(
        "UpdateContinuousBackups",
        "ContinuousBackupsUnavailableException",
        "ContinuousBackupsUnavailableException");

    assertThat(outcome(apply(wanted), Setting.POINT_IN_TIME_RECOVERY).result())
        .isEqualTo(Result.APPLIED);
    assertThat(pauses).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  @Test
  void doesNotWaitForeverForBackupsToBeAvailable() {
    dynamoDb.failAlways("UpdateContinuousBackups", "ContinuousBackupsUnavailableException");

    assertThat(outcome(apply(wanted), Setting.POINT_IN_TIME_RECOVERY).result())
        .isEqualTo(Result.FAILED);
    assertThat(pauses).hasSize(23);
  }

  @Test
  void writesTheRestoredTableIntoItsPolicy() {
    String policy =
        "{\"Resource\":[\"%1$s\",\"%1$s/index/*\",\"%1$s-archive\"],\"Sid\":\"orders\"}";
    TableSettings settings = wanted.settings();
    TableDefinition withPolicy =
        TestingTables.withSettings(
            wanted,
            new TableSettings(
                settings.timeToLiveAttribute(),
                settings.streamViewType(),
                settings.sseType(),
                settings.kmsMasterKeyArn(),
                settings.tableClass(),
                settings.deletionProtection(),
                settings.tags(),
                settings.pointInTimeRecoveryDays(),
                Optional.of(policy.formatted(TestingDynamoDb.arn("orders"))),
                settings.autoScaling(),
                settings.notAnswered()));

    apply(withPolicy);

    assertThat(dynamoDb.policiesByArn.get(TestingDynamoDb.arn("restored")))
        .isEqualTo(
            policy
                .formatted(TestingDynamoDb.arn("restored"))
                .replace("restored-archive", "orders-archive"));
  }

  @Test
  void leavesOutTagsThatOnlyAwsSets() {
    TableOverrides overrides =
        TableOverrides.builder().tags(Map.of("aws:cloudformation:stack-name", "shop")).build();

    SettingOutcome outcome = outcome(apply(overrides.apply(wanted)), Setting.TAGS);

    assertThat(outcome.result()).isEqualTo(Result.APPLIED);
    assertThat(outcome.reason())
        .contains("without tags that only AWS can set: aws:cloudformation:stack-name");
    assertThat(dynamoDb.tagsByArn.get(TestingDynamoDb.arn("restored")))
        .containsOnlyKeys("team", "owner");
  }

  @Test
  void anInterruptEndsItAll() {
    dynamoDb.failAlways("UpdateContinuousBackups", "ContinuousBackupsUnavailableException");

    DynavaultException failure =
        catchThrowableOfType(
            DynavaultException.class,
            () ->
                new TableSettingsApplier(
                        clients,
                        new TableWaiter(
                            clients, pauses::add, Duration.ofMinutes(1), new StopSignal()),
                        pause -> {
                          throw new InterruptedException();
                        })
                    .apply(wanted, WaitListener.silent()));

    assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static TableSettings withNotAnswered(String... names) {
    TableSettings none = TableSettings.none();
    return new TableSettings(
        none.timeToLiveAttribute(),
        none.streamViewType(),
        none.sseType(),
        none.kmsMasterKeyArn(),
        none.tableClass(),
        none.deletionProtection(),
        none.tags(),
        none.pointInTimeRecoveryDays(),
        none.resourcePolicy(),
        none.autoScaling(),
        Arrays.asList(names));
  }

  private List<SettingOutcome> apply(TableDefinition table) {
    TableWaiter waiter =
        new TableWaiter(clients, pauses::add, Duration.ofMinutes(1), new StopSignal());
    return new TableSettingsApplier(clients, waiter, pauses::add)
        .apply(table, WaitListener.silent());
  }

  private static SettingOutcome outcome(List<SettingOutcome> outcomes, Setting setting) {
    return outcomes.stream().filter(o -> o.setting() == setting).findFirst().orElseThrow();
  }
}
