// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.dynamodb.model.BillingModeSummary;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;

class TableDescriberTest {
  private final TestingDynamoDb dynamoDb = new TestingDynamoDb();
  private final TestingAutoScaling autoScaling = new TestingAutoScaling();
  private final TableDescriber describer =
      new TableDescriber(new TableClients(dynamoDb, Optional.of(autoScaling)));

  @BeforeEach
  void createOrders() {
    dynamoDb.tables.put("orders", TestingDescriptions.everything());
    String arn = TestingDynamoDb.arn("orders");
    dynamoDb.tagsByArn.put(arn, Map.of("team", "billing", "owner", ""));
    dynamoDb.policiesByArn.put(arn, "{\"Version\":\"2012-10-17\",\"Statement\":[]}");
    dynamoDb.timeToLive.put(
        "orders",
        TimeToLiveDescription.builder()
            .timeToLiveStatus("ENABLED")
            .attributeName("expires")
            .build());
    dynamoDb.recovery.put(
        "orders",
        PointInTimeRecoveryDescription.builder()
            .pointInTimeRecoveryStatus("ENABLED")
            .recoveryPeriodInDays(35)
            .build());
  }

  @Test
  void readsTheWholeDefinition() {
    TableDefinition expected = TestingTables.withAutoScaling(TestingTables.everything(), null);

    TableSnapshot snapshot = describer.describe("orders");

    assertThat(snapshot.definition()).isEqualTo(expected);
    assertThat(snapshot.status()).isEqualTo("ACTIVE");
    assertThat(snapshot.itemCount()).isEqualTo(1234);
    assertThat(snapshot.tableSizeBytes()).isEqualTo(567_890);
    assertThat(snapshot.localIndexBytes()).isEqualTo(1_000);
    assertThat(snapshot.globalIndexBytes()).isEqualTo(20_000);
  }

  @Test
  void readsAutoScalingOfTableAndIndexes() {
    autoScaling.targets.add(target("table/orders", "dynamodb:table:ReadCapacityUnits"));
    autoScaling.targets.add(
        target("table/orders/index/by-place", "dynamodb:index:WriteCapacityUnits"));
    autoScaling.targets.add(target("table/other", "dynamodb:table:ReadCapacityUnits"));
    autoScaling.policies.add(policy("table/orders", "dynamodb:table:ReadCapacityUnits"));

    assertThat(settings().autoScaling())
        .contains(
            "{\"scalableTargets\":[{\"resourceId\":\"table/orders\",\"scalableDimension\":"
                + "\"dynamodb:table:ReadCapacityUnits\",\"minCapacity\":5,\"maxCapacity\":50},"
                + "{\"resourceId\":\"table/orders/index/by-place\",\"scalableDimension\":"
                + "\"dynamodb:index:WriteCapacityUnits\",\"minCapacity\":5,\"maxCapacity\":50}],"
                + "\"scalingPolicies\":[{\"policyName\":\"reads\",\"policyType\":"
                + "\"TargetTrackingScaling\",\"resourceId\":\"table/orders\","
                + "\"scalableDimension\":\"dynamodb:table:ReadCapacityUnits\","
                + "\"targetTrackingScalingPolicyConfiguration\":{\"targetValue\":70.0,"
                + "\"predefinedMetricType\":\"DynamoDBReadCapacityUtilization\","
                + "\"scaleInCooldown\":60,\"scaleOutCooldown\":null,\"disableScaleIn\":false}}]}");
  }

  @Test
  void namesWhatTheEndpointDoesNotOffer() {
    for (String operation :
        new String[] {
          "ListTagsOfResource",
          "GetResourcePolicy",
          "DescribeContinuousBackups",
          "DescribeTimeToLive"
        }) {
      dynamoDb.failAlways(operation, "UnknownOperationException");
    }
    TableDescriber withoutAutoScaling =
        new TableDescriber(new TableClients(dynamoDb, Optional.empty()));

    TableSettings settings = withoutAutoScaling.describe("orders").definition().settings();

    assertThat(settings.notAnswered())
        .containsExactly(
            "tags", "resourcePolicy", "pointInTimeRecovery", "timeToLive", "autoScaling");
    assertThat(settings.tags()).isEmpty();
    assertThat(settings.timeToLiveAttribute()).isEmpty();
  }

  @Test
  void namesThePermissionsThatAreMissing() {
    dynamoDb.failAlways("ListTagsOfResource", "AccessDeniedException");
    autoScaling.denied = true;

    assertThat(settings().notAnswered())
        .containsExactly(
            "tags (access denied: dynamodb:ListTagsOfResource)",
            "autoScaling (access denied: application-autoscaling:DescribeScalableTargets and"
                + " DescribeScalingPolicies)");
  }

  @Test
  void failsOnAnyOtherErrorOfASetting() {
    dynamoDb.failAlways("GetResourcePolicy", "ValidationException");

    RefusedException failure = catchThrowableOfType(RefusedException.class, this::settings);

    assertThat(failure.awsError()).isEqualTo("ValidationException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "..", "../../etc/passwd", "a/b", "tab\tle"})
  void doesNotAskForWhatCannotBeATable(String name) {
    DynavaultException failure =
        catchThrowableOfType(DynavaultException.class, () -> describer.describe(name));

    assertThat(failure.code()).isEqualTo(ErrorCode.NAME_INVALID);
  }

  @Test
  void saysThatThereIsNoSuchTable() {
    DynavaultException failure =
        catchThrowableOfType(DynavaultException.class, () -> describer.describe("ordres"));

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    assertThat(failure).hasMessage("unable to describe table 'ordres': there is no such table");
    assertThat(failure.hint()).isEqualTo("check the table's name, --region and --endpoint-url");
  }

  @Test
  void leavesAutoScalingOfOnDemandTablesAlone() {
    change(b -> b.billingModeSummary(s -> s.billingMode("PAY_PER_REQUEST")));
    autoScaling.denied = true;

    assertThat(settings().notAnswered()).isEmpty();
    assertThat(definition().throughput()).isEmpty();
    assertThat(definition().globalSecondaryIndexes().get(0).throughput()).isEmpty();
  }

  @Test
  void aSummaryWithoutAModeSaysNothing() {
    change(
        b ->
            b.billingModeSummary(BillingModeSummary.builder().build())
                .provisionedThroughput(p -> p.readCapacityUnits(0L).writeCapacityUnits(0L)));

    assertThat(definition().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
  }

  @Test
  void takesCapacityOfZeroWithoutABillingModeForOnDemand() {
    change(
        b ->
            b.billingModeSummary((BillingModeSummary) null)
                .provisionedThroughput(u -> u.readCapacityUnits(0L).writeCapacityUnits(0L)));

    assertThat(definition().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
  }

  @Test
  void takesNoLimitForUnlimited() {
    change(
        b ->
            b.billingModeSummary(s -> s.billingMode("PAY_PER_REQUEST"))
                .onDemandThroughput(u -> u.maxReadRequestUnits(-1L).maxWriteRequestUnits(40L)));

    assertThat(definition().onDemandThroughput())
        .contains(new OnDemandThroughput(OptionalLong.empty(), OptionalLong.of(40)));

    change(b -> b.onDemandThroughput(u -> u.maxReadRequestUnits(-1L).maxWriteRequestUnits(-1L)));

    assertThat(definition().onDemandThroughput()).isEmpty();
  }

  @Test
  void leavesOutAnIndexThatIsBeingDeleted() {
    GlobalSecondaryIndexDescription index =
        dynamoDb.tables.get("orders").globalSecondaryIndexes().get(0);
    change(b -> b.globalSecondaryIndexes(index.toBuilder().indexStatus("DELETING").build()));

    assertThat(definition().globalSecondaryIndexes()).isEmpty();
  }

  @Test
  void takesTheDefaultForARecoveryPeriodThatIsNotTold() {
    dynamoDb.recovery.computeIfPresent(
        "orders", (name, d) -> d.toBuilder().recoveryPeriodInDays(null).build());

    assertThat(settings().pointInTimeRecoveryDays()).isEqualTo(OptionalInt.of(35));
  }

  @Test
  void takesDisabledSettingsForAbsent() {
    dynamoDb.recovery.clear();
    dynamoDb.timeToLive.computeIfPresent(
        "orders", (name, d) -> d.toBuilder().timeToLiveStatus("DISABLED").build());
    change(
        b ->
            b.sseDescription(s -> s.status("DISABLED").sseType("KMS"))
                .streamSpecification(s -> s.streamEnabled(false)));

    TableSettings settings = settings();

    assertThat(settings.pointInTimeRecoveryDays()).isEmpty();
    assertThat(settings.timeToLiveAttribute()).isEmpty();
    assertThat(settings.sseType()).isEmpty();
    assertThat(settings.streamViewType()).isEmpty();
  }

  @Test
  void refusesAKeyAttributeThatIsNotDefined() {
    change(
        b ->
            b.keySchema(
                KeySchemaElement.builder().attributeName("nobody").keyType("HASH").build()));

    DynavaultException failure =
        catchThrowableOfType(DynavaultException.class, () -> describer.describe("orders"));

    assertThat(failure)
        .hasMessage("unable to describe table 'orders': key attribute 'nobody' is not defined");
  }

  private TableDefinition definition() {
    return describer.describe("orders").definition();
  }

  private TableSettings settings() {
    return definition().settings();
  }

  private void change(Consumer<TableDescription.Builder> change) {
    TableDescription.Builder table = dynamoDb.tables.get("orders").toBuilder();
    change.accept(table);
    dynamoDb.tables.put("orders", table.build());
  }

  private static ScalableTarget target(String resource, String dimension) {
    return ScalableTarget.builder()
        .resourceId(resource)
        .scalableDimension(dimension)
        .minCapacity(5)
        .maxCapacity(50)
        .build();
  }

  private static ScalingPolicy policy(String resource, String dimension) {
    return ScalingPolicy.builder()
        .policyName("reads")
        .policyType("TargetTrackingScaling")
        .resourceId(resource)
        .scalableDimension(dimension)
        .targetTrackingScalingPolicyConfiguration(
            c ->
                c.targetValue(70.0)
                    .scaleInCooldown(60)
                    .disableScaleIn(false)
                    .predefinedMetricSpecification(
                        m -> m.predefinedMetricType("DynamoDBReadCapacityUtilization")))
        .build();
  }
}
