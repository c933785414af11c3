// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.stream.Collectors.toSet;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.SdkErrors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** What has to be done so that one table has the settings that are wanted of it. */
final class SettingSteps {
  /** Backups of a table that was just created are unavailable for a while. */
  private static final int RECOVERY_ATTEMPTS = 24;

  private static final Duration RECOVERY_PAUSE = Duration.ofSeconds(5);

  /** Tags that AWS's services set; nobody else may. */
  private static final String RESERVED_TAG_PREFIX = "aws:";

  private final TableClients clients;
  private final DynamoDbClient dynamoDb;
  private final Sleeper sleeper;
  private final TableDefinition wanted;
  private final TableDefinition actual;

  /**
   * @param wanted the definition that the table was created from
   * @param actual the table as it is
   */
  SettingSteps(
      TableClients clients, Sleeper sleeper, TableDefinition wanted, TableDefinition actual) {
    this.clients = clients;
    this.dynamoDb = clients.dynamoDb();
    this.sleeper = sleeper;
    this.wanted = wanted;
    this.actual = actual;
  }

  /** One change of the table. */
  @FunctionalInterface
  interface Step {
    /**
     * Makes the change.
     *
     * @return what had to be left out of it, if anything
     */
    Optional<String> run();
  }

  /** The step that gives the table a setting; empty if the table shall not have it. */
  Optional<Step> step(Setting setting) {
    return switch (setting) {
      case TAGS -> tags();
      case RESOURCE_POLICY -> resourcePolicy();
      case POINT_IN_TIME_RECOVERY -> pointInTimeRecovery();
      case TABLE_CLASS -> tableClass();
      case STREAM -> stream();
      case TIME_TO_LIVE -> timeToLive();
      case AUTO_SCALING -> autoScaling();
      case DELETION_PROTECTION -> deletionProtection();
    };
  }

  private Optional<Step> tags() {
    Map<String, String> tags = new TreeMap<>(wanted.settings().tags());
    if (tags.isEmpty()) {
      return Optional.empty();
    }
    Set<String> reserved =
        tags.keySet().stream().filter(key -> key.startsWith(RESERVED_TAG_PREFIX)).collect(toSet());
    tags.keySet().removeAll(reserved);
    Optional<String> leftOut =
        reserved.isEmpty()
            ? Optional.empty()
            : Optional.of("without tags that only AWS can set: " + String.join(", ", reserved));
    if (actual.settings().tags().entrySet().containsAll(tags.entrySet())) {
      return Optional.of(() -> leftOut);
    }
    return Optional.of(
        () -> {
          SdkErrors.call(
              "TagResource",
              () ->
                  dynamoDb.tagResource(b -> b.resourceArn(actual.tableArn()).tags(sdkTags(tags))));
          return leftOut;
        });
  }

  private static List<Tag> sdkTags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  private Optional<Step> resourcePolicy() {
    Optional<String> policy = wanted.settings().resourcePolicy().map(this::aboutActualTable);
    if (policy.isEmpty()) {
      return Optional.empty();
    }
    return change(
        actual.settings().resourcePolicy().equals(policy),
        () ->
            SdkErrors.call(
                "PutResourcePolicy",
                () ->
                    dynamoDb.putResourcePolicy(
                        b -> b.resourceArn(actual.tableArn()).policy(policy.get()))));
  }

  /** A policy names its table: it has to name the restored one. */
  private String aboutActualTable(String policy) {
    if (wanted.tableArn().isEmpty()) {
      return policy;
    }
    Pattern sourceArn = Pattern.compile(Pattern.quote(wanted.tableArn()) + "(?=[\"/*])");
    return sourceArn.matcher(policy).replaceAll(Matcher.quoteReplacement(actual.tableArn()));
  }

  private Optional<Step> pointInTimeRecovery() {
    if (wanted.settings().pointInTimeRecoveryDays().isEmpty()) {
      return Optional.empty();
    }
    int days = wanted.settings().pointInTimeRecoveryDays().getAsInt();
    return change(
        actual
            .settings()
            .pointInTimeRecoveryDays()
            .equals(wanted.settings().pointInTimeRecoveryDays()),
        () -> enableRecovery(days));
  }

  private void enableRecovery(int days) {
    for (int attempt = 1; ; attempt++) {
      try {
        SdkErrors.call(
            "UpdateContinuousBackups",
            () ->
                dynamoDb.updateContinuousBackups(
                    b ->
                        b.tableName(actual.tableName())
                            .pointInTimeRecoverySpecification(
                                s ->
                                    s.pointInTimeRecoveryEnabled(true)
                                        .recoveryPeriodInDays(days))));
        return;
      } catch (RefusedException e) {
        if (!e.awsError().equals("ContinuousBackupsUnavailableException")
            || attempt == RECOVERY_ATTEMPTS) {
          throw e;
        }
      }
      pause();
    }
  }

  private void pause() {
    try {
      sleeper.sleep(RECOVERY_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED,
          "unable to finish the settings of table '" + actual.tableName() + "': interrupted",
          e);
    }
  }

  /** Tables that we create have it from the beginning; AWS's own restores make standard ones. */
  private Optional<Step> tableClass() {
    Optional<String> tableClass = wanted.settings().tableClass();
    if (tableClass.isEmpty()
        || tableClass.get().equals(actual.settings().tableClass().orElse("STANDARD"))) {
      return Optional.empty();
    }
    return change(false, () -> update(b -> b.tableClass(tableClass.get())));
  }

  private Optional<Step> stream() {
    Optional<String> view = wanted.settings().streamViewType();
    if (view.isEmpty()) {
      return Optional.empty();
    }
    return change(
        actual.settings().streamViewType().equals(view),
        () ->
            update(
                b -> b.streamSpecification(s -> s.streamEnabled(true).streamViewType(view.get()))));
  }

  private Optional<Step> timeToLive() {
    Optional<String> attribute = wanted.settings().timeToLiveAttribute();
    if (attribute.isEmpty()) {
      return Optional.empty();
    }
    return change(
        actual.settings().timeToLiveAttribute().equals(attribute),
        () ->
            SdkErrors.call(
                "UpdateTimeToLive",
                () ->
                    dynamoDb.updateTimeToLive(
                        b ->
                            b.tableName(actual.tableName())
                                .timeToLiveSpecification(
                                    s -> s.enabled(true).attributeName(attribute.get())))));
  }

  private Optional<Step> autoScaling() {
    Optional<String> settings = wanted.settings().autoScaling();
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    Set<String> indexes =
        actual.globalSecondaryIndexes().stream().map(SecondaryIndex::indexName).collect(toSet());
    return change(
        false,
        () ->
            new AutoScalingSettings(clients.autoScaling().orElseThrow(this::noAutoScaling))
                .apply(settings.get(), actual.tableName(), indexes));
  }

  private DynavaultException noAutoScaling() {
    return new DynavaultException(
        ErrorCode.UNSUPPORTED,
        "unable to scale table '"
            + actual.tableName()
            + "': there is no auto scaling beside this endpoint");
  }

  private Optional<Step> deletionProtection() {
    if (!wanted.settings().deletionProtection()) {
      return Optional.empty();
    }
    return change(
        actual.settings().deletionProtection(),
        () -> update(b -> b.deletionProtectionEnabled(true)));
  }

  private void update(Consumer<UpdateTableRequest.Builder> what) {
    UpdateTableRequest.Builder request = UpdateTableRequest.builder().tableName(actual.tableName());
    what.accept(request);
    SdkErrors.call("UpdateTable", () -> dynamoDb.updateTable(request.build()));
  }

  private static Optional<Step> change(boolean madeAlready, Runnable change) {
    return Optional.of(
        () -> {
          if (!madeAlready) {
            change.run();
          }
          return Optional.empty();
        });
  }
}
