// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a table has beside keys, indexes and capacity. AWS's own restores drop most of it.
 *
 * @param timeToLiveAttribute attribute that holds the expiry time, when TTL is on
 * @param streamViewType view of the stream, when one is on
 * @param sseType {@code KMS} where a key of KMS is used; empty for the key owned by DynamoDB
 * @param kmsMasterKeyArn the key, where {@code sseType} is KMS
 * @param tableClass {@code STANDARD} or {@code STANDARD_INFREQUENT_ACCESS}, where answered
 * @param pointInTimeRecoveryDays recovery period in days, when PITR is on
 * @param resourcePolicy the policy document, where there is one
 * @param autoScaling targets and policies as Application Auto Scaling describes them, as JSON
 * @param notAnswered names of settings that the endpoint could not tell, such as {@code tags}
 */
public record TableSettings(
    Optional<String> timeToLiveAttribute,
    Optional<String> streamViewType,
    Optional<String> sseType,
    Optional<String> kmsMasterKeyArn,
    Optional<String> tableClass,
    boolean deletionProtection,
    Map<String, String> tags,
    OptionalInt pointInTimeRecoveryDays,
    Optional<String> resourcePolicy,
    Optional<String> autoScaling,
    List<String> notAnswered) {
  public TableSettings {
    requireNonNull(timeToLiveAttribute, "timeToLiveAttribute is null");
    requireNonNull(streamViewType, "streamViewType is null");
    requireNonNull(sseType, "sseType is null");
    requireNonNull(kmsMasterKeyArn, "kmsMasterKeyArn is null");
    requireNonNull(tableClass, "tableClass is null");
    tags = Map.copyOf(new TreeMap<>(tags));
    requireNonNull(pointInTimeRecoveryDays, "pointInTimeRecoveryDays is null");
    requireNonNull(resourcePolicy, "resourcePolicy is null");
    requireNonNull(autoScaling, "autoScaling is null");
    notAnswered = List.copyOf(notAnswered);
  }

  /** A table with nothing beside keys, indexes and capacity. */
  public static TableSettings none() {
    return new TableSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Map.of(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
