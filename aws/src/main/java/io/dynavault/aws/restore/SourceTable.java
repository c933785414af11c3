// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.BillingMode;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableIncarnation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BackupDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.SourceTableDetails;
import software.amazon.awssdk.services.dynamodb.model.SourceTableFeatureDetails;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;

/**
 * What AWS knows of the table in a backup, or of the table that is restored to a point in time, in
 * its own words: overrides have to repeat them.
 *
 * @param throughput of a provisioned table
 * @param itemCount by AWS's count of some hours ago
 * @param sizeBytes as {@code itemCount}
 */
record SourceTable(
    String tableName,
    String tableArn,
    String tableId,
    BillingMode billingMode,
    Optional<ProvisionedThroughput> throughput,
    List<GlobalSecondaryIndex> globalIndexes,
    List<LocalSecondaryIndex> localIndexes,
    Optional<String> timeToLiveAttribute,
    Optional<String> streamViewType,
    long itemCount,
    long sizeBytes) {
  SourceTable {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(tableArn, "tableArn is null");
    requireNonNull(tableId, "tableId is null");
    requireNonNull(billingMode, "billingMode is null");
    requireNonNull(throughput, "throughput is null");
    globalIndexes = List.copyOf(globalIndexes);
    localIndexes = List.copyOf(localIndexes);
    requireNonNull(timeToLiveAttribute, "timeToLiveAttribute is null");
    requireNonNull(streamViewType, "streamViewType is null");
  }

  static SourceTable of(BackupDescription backup) {
    SourceTableDetails table = backup.sourceTableDetails();
    SourceTableFeatureDetails features =
        backup.sourceTableFeatureDetails() == null
            ? SourceTableFeatureDetails.builder().build()
            : backup.sourceTableFeatureDetails();
    ProvisionedThroughput units = table.provisionedThroughput();
    BillingMode mode = billingMode(table.billingModeAsString(), units);
    return new SourceTable(
        table.tableName(),
        table.tableArn() == null ? "" : table.tableArn(),
        TableIncarnation.id(table.tableId(), table.tableArn(), table.tableCreationDateTime()),
        mode,
        mode == BillingMode.PROVISIONED ? Optional.ofNullable(units) : Optional.empty(),
        features.globalSecondaryIndexes().stream()
            .map(
                index ->
                    GlobalSecondaryIndex.builder()
                        .indexName(index.indexName())
                        .keySchema(index.keySchema())
                        .projection(index.projection())
                        .provisionedThroughput(index.provisionedThroughput())
                        .onDemandThroughput(index.onDemandThroughput())
                        .build())
            .toList(),
        features.localSecondaryIndexes().stream()
            .map(
                index ->
                    LocalSecondaryIndex.builder()
                        .indexName(index.indexName())
                        .keySchema(index.keySchema())
                        .projection(index.projection())
                        .build())
            .toList(),
        Optional.ofNullable(features.timeToLiveDescription())
            .filter(ttl -> "ENABLED".equals(ttl.timeToLiveStatusAsString()))
            .map(TimeToLiveDescription::attributeName),
        Optional.ofNullable(features.streamDescription())
            .filter(stream -> Boolean.TRUE.equals(stream.streamEnabled()))
            .map(StreamSpecification::streamViewTypeAsString),
        orZero(table.itemCount()),
        orZero(table.tableSizeBytes()));
  }

  /** Of a recovery point of AWS Backup, which knows all of it and tells nothing. */
  static SourceTable of(RestoreSource.Job job) {
    TableDefinition table = job.table();
    return new SourceTable(
        table.tableName(),
        table.tableArn(),
        table.tableId(),
        table.billingMode(),
        Optional.empty(),
        List.of(),
        List.of(),
        table.settings().timeToLiveAttribute(),
        table.settings().streamViewType(),
        0,
        job.sizeBytes());
  }

  /** Of a table whose settings are told by its definition. */
  static SourceTable of(TableDescription table) {
    ProvisionedThroughput units =
        table.provisionedThroughput() == null
            ? null
            : ProvisionedThroughput.builder()
                .readCapacityUnits(table.provisionedThroughput().readCapacityUnits())
                .writeCapacityUnits(table.provisionedThroughput().writeCapacityUnits())
                .build();
    BillingMode mode = billingMode(BillingMode.stated(table.billingModeSummary()), units);
    return new SourceTable(
        table.tableName(),
        table.tableArn() == null ? "" : table.tableArn(),
        TableIncarnation.id(table.tableId(), table.tableArn(), table.creationDateTime()),
        mode,
        mode == BillingMode.PROVISIONED ? Optional.ofNullable(units) : Optional.empty(),
        table.globalSecondaryIndexes().stream().map(SourceTable::index).toList(),
        table.localSecondaryIndexes().stream()
            .map(
                index ->
                    LocalSecondaryIndex.builder()
                        .indexName(index.indexName())
                        .keySchema(index.keySchema())
                        .projection(index.projection())
                        .build())
            .toList(),
        Optional.empty(),
        Optional.empty(),
        orZero(table.itemCount()),
        orZero(table.tableSizeBytes()));
  }

  private static GlobalSecondaryIndex index(GlobalSecondaryIndexDescription index) {
    GlobalSecondaryIndex.Builder copy =
        GlobalSecondaryIndex.builder()
            .indexName(index.indexName())
            .keySchema(index.keySchema())
            .projection(index.projection())
            .onDemandThroughput(index.onDemandThroughput());
    if (index.provisionedThroughput() != null) {
      copy.provisionedThroughput(
          b ->
              b.readCapacityUnits(index.provisionedThroughput().readCapacityUnits())
                  .writeCapacityUnits(index.provisionedThroughput().writeCapacityUnits()));
    }
    return copy.build();
  }

  private static BillingMode billingMode(
      @Nullable String stated, @Nullable ProvisionedThroughput units) {
    return BillingMode.of(
        stated,
        units == null ? null : units.readCapacityUnits(),
        units == null ? null : units.writeCapacityUnits());
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }
}
