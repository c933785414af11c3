// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.restore;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.BillingMode;
import io.dynavault.core.table.Encryption;
import io.dynavault.core.table.IndexChoice;
import io.dynavault.core.table.OnDemandThroughput;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.core.table.Throughput;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableFromBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;

/**
 * What a restore shall make otherwise, in the form of AWS's two requests. Index lists are given
 * only where they are needed: none at all restores every index, an empty one restores none.
 */
record CallOverrides(
    Optional<String> billingMode,
    Optional<ProvisionedThroughput> throughput,
    Optional<OnDemandThroughput> onDemandThroughput,
    Optional<List<GlobalSecondaryIndex>> globalIndexes,
    Optional<List<LocalSecondaryIndex>> localIndexes,
    Optional<SSESpecification> encryption) {

  /**
   * @throws DynavaultException {@code USAGE} where the overrides do not fit each other or the table
   */
  static CallOverrides of(TableOverrides wanted, SourceTable source) {
    BillingMode mode = wanted.billingMode().orElse(source.billingMode());
    requireFitting(wanted, source, mode);
    Optional<ProvisionedThroughput> units = wanted.throughput().map(CallOverrides::units);
    return new CallOverrides(
        wanted.billingMode().map(Enum::name),
        units,
        wanted.onDemandThroughput(),
        globalIndexes(wanted, source, mode, units.or(source::throughput)),
        localIndexes(wanted, source),
        wanted.encryption().map(CallOverrides::encryption));
  }

  private static void requireFitting(TableOverrides wanted, SourceTable source, BillingMode mode) {
    String table = "unable to restore table '" + source.tableName() + "' ";
    if (mode == BillingMode.PAY_PER_REQUEST && wanted.throughput().isPresent()) {
      throw usage(
          table + "with a throughput: it is on demand", "add --billing-mode PROVISIONED too");
    }
    if (mode == BillingMode.PROVISIONED && wanted.onDemandThroughput().isPresent()) {
      throw usage(
          table + "with limits of a table on demand: it is provisioned",
          "add --billing-mode PAY_PER_REQUEST too");
    }
    if (mode == BillingMode.PROVISIONED
        && source.billingMode() == BillingMode.PAY_PER_REQUEST
        && wanted.throughput().isEmpty()) {
      throw usage(
          table + "as provisioned: no throughput is known",
          "give the read and write capacity units with --throughput");
    }
  }

  private static Optional<List<GlobalSecondaryIndex>> globalIndexes(
      TableOverrides wanted,
      SourceTable source,
      BillingMode mode,
      Optional<ProvisionedThroughput> tableUnits) {
    List<GlobalSecondaryIndex> chosen =
        wanted
            .globalIndexes()
            .choose("global", source.globalIndexes(), GlobalSecondaryIndex::indexName);
    boolean needUnits = mode == BillingMode.PROVISIONED && mode != source.billingMode();
    if (wanted.globalIndexes() instanceof IndexChoice.All && (!needUnits || chosen.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        chosen.stream().map(index -> withCapacity(index, mode, tableUnits)).toList());
  }

  /** An index that is named has to say its capacity, and in the mode of the new table. */
  private static GlobalSecondaryIndex withCapacity(
      GlobalSecondaryIndex index, BillingMode mode, Optional<ProvisionedThroughput> tableUnits) {
    GlobalSecondaryIndex.Builder copy =
        GlobalSecondaryIndex.builder()
            .indexName(index.indexName())
            .keySchema(index.keySchema())
            .projection(index.projection());
    if (mode == BillingMode.PAY_PER_REQUEST) {
      return copy.onDemandThroughput(index.onDemandThroughput()).build();
    }
    ProvisionedThroughput own = index.provisionedThroughput();
    boolean hasOwn = own != null && own.readCapacityUnits() != null && own.readCapacityUnits() > 0;
    return copy.provisionedThroughput(hasOwn ? own : tableUnits.orElse(null)).build();
  }

  private static Optional<List<LocalSecondaryIndex>> localIndexes(
      TableOverrides wanted, SourceTable source) {
    if (wanted.localIndexes() instanceof IndexChoice.All) {
      return Optional.empty();
    }
    return Optional.of(
        wanted
            .localIndexes()
            .choose("local", source.localIndexes(), LocalSecondaryIndex::indexName));
  }

  private static ProvisionedThroughput units(Throughput units) {
    return ProvisionedThroughput.builder()
        .readCapacityUnits(units.readCapacityUnits())
        .writeCapacityUnits(units.writeCapacityUnits())
        .build();
  }

  private static SSESpecification encryption(Encryption wanted) {
    return wanted.sseType().isEmpty()
        ? SSESpecification.builder().enabled(false).build()
        : SSESpecification.builder()
            .enabled(true)
            .sseType(wanted.sseType().get())
            .kmsMasterKeyId(wanted.kmsMasterKey().orElse(null))
            .build();
  }

  void addTo(RestoreTableFromBackupRequest.Builder request) {
    billingMode.ifPresent(request::billingModeOverride);
    throughput.ifPresent(request::provisionedThroughputOverride);
    onDemandThroughput.ifPresent(most -> request.onDemandThroughputOverride(onDemand(most)));
    globalIndexes.ifPresent(request::globalSecondaryIndexOverride);
    localIndexes.ifPresent(request::localSecondaryIndexOverride);
    encryption.ifPresent(request::sseSpecificationOverride);
  }

  void addTo(RestoreTableToPointInTimeRequest.Builder request) {
    billingMode.ifPresent(request::billingModeOverride);
    throughput.ifPresent(request::provisionedThroughputOverride);
    onDemandThroughput.ifPresent(most -> request.onDemandThroughputOverride(onDemand(most)));
    globalIndexes.ifPresent(request::globalSecondaryIndexOverride);
    localIndexes.ifPresent(request::localSecondaryIndexOverride);
    encryption.ifPresent(request::sseSpecificationOverride);
  }

  private static software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput onDemand(
      OnDemandThroughput most) {
    return software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput.builder()
        .maxReadRequestUnits(orNull(most.maxReadRequestUnits()))
        .maxWriteRequestUnits(orNull(most.maxWriteRequestUnits()))
        .build();
  }

  private static @Nullable Long orNull(OptionalLong units) {
    return units.isPresent() ? Long.valueOf(units.getAsLong()) : null;
  }

  private static DynavaultException usage(String message, String hint) {
    return new DynavaultException(ErrorCode.USAGE, message, hint);
  }
}
