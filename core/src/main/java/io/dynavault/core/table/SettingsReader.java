// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.SdkErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.SSEDescription;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableClassSummary;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * Asks for the settings of one table, operation by operation, and notes those without an answer.
 * Used once.
 */
final class SettingsReader {
  /** How long AWS keeps changes where the description does not say: its default. */
  private static final int DEFAULT_RECOVERY_DAYS = 35;

  private final TableClients clients;
  private final DynamoDbClient dynamoDb;
  private final TableDescription table;
  private final List<String> notAnswered = new ArrayList<>();

  SettingsReader(TableClients clients, TableDescription table) {
    this.clients = clients;
    this.dynamoDb = clients.dynamoDb();
    this.table = table;
  }

  TableSettings read() {
    Map<String, String> tags = tags();
    Optional<String> resourcePolicy = resourcePolicy();
    OptionalInt recoveryDays = pointInTimeRecoveryDays();
    Optional<String> timeToLiveAttribute = timeToLiveAttribute();
    Optional<String> autoScaling = autoScaling();
    Optional<SSEDescription> encryption = encryption();
    return new TableSettings(
        timeToLiveAttribute,
        Optional.ofNullable(table.streamSpecification())
            .filter(stream -> Boolean.TRUE.equals(stream.streamEnabled()))
            .map(StreamSpecification::streamViewTypeAsString),
        encryption.map(SSEDescription::sseTypeAsString),
        encryption.map(SSEDescription::kmsMasterKeyArn),
        Optional.ofNullable(table.tableClassSummary()).map(TableClassSummary::tableClassAsString),
        Boolean.TRUE.equals(table.deletionProtectionEnabled()),
        tags,
        recoveryDays,
        resourcePolicy,
        autoScaling,
        notAnswered);
  }

  private Optional<SSEDescription> encryption() {
    return Optional.ofNullable(table.sseDescription())
        .filter(sse -> sse.status() != SSEStatus.DISABLED);
  }

  private Map<String, String> tags() {
    return ask(
            Setting.TAGS,
            "dynamodb:ListTagsOfResource",
            () -> Optional.of(TableTags.read(dynamoDb, table.tableArn())))
        .orElse(Map.of());
  }

  private Optional<String> resourcePolicy() {
    return ask(
        Setting.RESOURCE_POLICY,
        "dynamodb:GetResourcePolicy",
        () -> {
          try {
            return Optional.ofNullable(
                SdkErrors.call(
                        "GetResourcePolicy",
                        () -> dynamoDb.getResourcePolicy(b -> b.resourceArn(table.tableArn())))
                    .policy());
          } catch (RefusedException e) {
            if (e.awsError().equals("PolicyNotFoundException")) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private OptionalInt pointInTimeRecoveryDays() {
    Optional<PointInTimeRecoveryDescription> recovery =
        ask(
            Setting.POINT_IN_TIME_RECOVERY,
            "dynamodb:DescribeContinuousBackups",
            () ->
                Optional.ofNullable(
                        SdkErrors.call(
                                "DescribeContinuousBackups",
                                () ->
                                    dynamoDb.describeContinuousBackups(
                                        b -> b.tableName(table.tableName())))
                            .continuousBackupsDescription())
                    .map(backups -> backups.pointInTimeRecoveryDescription()));
    if (recovery.isEmpty()
        || recovery.get().pointInTimeRecoveryStatus() != PointInTimeRecoveryStatus.ENABLED) {
      return OptionalInt.empty();
    }
    Integer days = recovery.get().recoveryPeriodInDays();
    return OptionalInt.of(days == null ? DEFAULT_RECOVERY_DAYS : days);
  }

  private Optional<String> timeToLiveAttribute() {
    return ask(
            Setting.TIME_TO_LIVE,
            "dynamodb:DescribeTimeToLive",
            () ->
                Optional.ofNullable(
                    SdkErrors.call(
                            "DescribeTimeToLive",
                            () -> dynamoDb.describeTimeToLive(b -> b.tableName(table.tableName())))
                        .timeToLiveDescription()))
        .filter(
            ttl ->
                ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                    || ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLING)
        .map(TimeToLiveDescription::attributeName);
  }

  /** Capacity that nobody provisions is not scaled: on-demand tables are not asked about. */
  private Optional<String> autoScaling() {
    if (TableDescriptions.billingMode(table) == BillingMode.PAY_PER_REQUEST) {
      return Optional.empty();
    }
    if (clients.autoScaling().isEmpty()) {
      notAnswered.add(Setting.AUTO_SCALING.text());
      return Optional.empty();
    }
    AutoScalingSettings settings = new AutoScalingSettings(clients.autoScaling().get());
    return ask(
        Setting.AUTO_SCALING,
        "application-autoscaling:DescribeScalableTargets and DescribeScalingPolicies",
        () -> settings.read(table));
  }

  private <T> Optional<T> ask(Setting setting, String permission, Supplier<Optional<T>> question) {
    try {
      return question.get();
    } catch (RefusedException e) {
      if (e.code() == ErrorCode.UNSUPPORTED) {
        notAnswered.add(setting.text());
        return Optional.empty();
      }
      if (e.code() == ErrorCode.ACCESS_DENIED) {
        notAnswered.add(setting.accessDenied(permission));
        return Optional.empty();
      }
      throw e;
    }
  }
}
