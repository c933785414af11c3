// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a restored table shall have other than the table that was backed up. Pure: {@link #apply}
 * gives the definition to create.
 *
 * @param throughput for the table; with a change to PROVISIONED for its global indexes too
 * @param onDemandThroughput most request units of a table on demand
 * @param tags set in addition to the table's own, replacing those of the same key
 */
public record TableOverrides(
    Optional<String> tableName,
    Optional<BillingMode> billingMode,
    Optional<Throughput> throughput,
    Optional<OnDemandThroughput> onDemandThroughput,
    IndexChoice globalIndexes,
    IndexChoice localIndexes,
    Optional<Encryption> encryption,
    Optional<String> tableClass,
    Map<String, String> tags,
    Optional<Boolean> deletionProtection) {
  public TableOverrides {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(billingMode, "billingMode is null");
    requireNonNull(throughput, "throughput is null");
    requireNonNull(onDemandThroughput, "onDemandThroughput is null");
    requireNonNull(globalIndexes, "globalIndexes is null");
    requireNonNull(localIndexes, "localIndexes is null");
    requireNonNull(encryption, "encryption is null");
    requireNonNull(tableClass, "tableClass is null");
    tags = Map.copyOf(tags);
    requireNonNull(deletionProtection, "deletionProtection is null");
  }

  /** Everything as it was. */
  public static TableOverrides none() {
    return builder().build();
  }

  /** Starts from {@link #none}. */
  public static Builder builder() {
    return new Builder();
  }

  /** The same overrides for a table of this name. */
  public TableOverrides withTableName(String name) {
    return new TableOverrides(
        Optional.of(name),
        billingMode,
        throughput,
        onDemandThroughput,
        globalIndexes,
        localIndexes,
        encryption,
        tableClass,
        tags,
        deletionProtection);
  }

  /** The same overrides for a table that can be deleted. */
  public TableOverrides withoutDeletionProtection() {
    return new TableOverrides(
        tableName,
        billingMode,
        throughput,
        onDemandThroughput,
        globalIndexes,
        localIndexes,
        encryption,
        tableClass,
        tags,
        Optional.of(false));
  }

  /**
   * The definition with these overrides.
   *
   * @throws DynavaultException {@link ErrorCode#USAGE} if they do not fit each other or the table
   */
  public TableDefinition apply(TableDefinition table) {
    BillingMode mode = billingMode.orElse(table.billingMode());
    Optional<Throughput> units = throughputOf(table, mode);
    boolean provisioned = mode == BillingMode.PROVISIONED;
    TableDefinition changed =
        new TableDefinition(
            tableName.orElse(table.tableName()),
            table.tableArn(),
            table.tableId(),
            table.keySchema(),
            table.attributeDefinitions(),
            localIndexes.choose("local", table.localSecondaryIndexes()),
            globalIndexes.choose("global", table.globalSecondaryIndexes()).stream()
                .map(capacity(units))
                .toList(),
            mode,
            units,
            onDemandThroughputOf(table, mode),
            settings(table.settings(), provisioned));
    return withUsedAttributes(changed);
  }

  private Optional<Throughput> throughputOf(TableDefinition table, BillingMode mode) {
    if (mode == BillingMode.PAY_PER_REQUEST) {
      if (throughput.isPresent()) {
        throw new DynavaultException(
            ErrorCode.USAGE,
            "unable to give table '" + table.tableName() + "' a throughput: it is on demand",
            "ask for billing mode PROVISIONED too");
      }
      return Optional.empty();
    }
    Optional<Throughput> units = throughput.or(table::throughput);
    if (units.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to make table '" + table.tableName() + "' provisioned: no throughput is known",
          "give the read and write capacity units");
    }
    return units;
  }

  private Optional<OnDemandThroughput> onDemandThroughputOf(
      TableDefinition table, BillingMode mode) {
    if (mode == BillingMode.PAY_PER_REQUEST) {
      return onDemandThroughput.or(table::onDemandThroughput);
    }
    if (onDemandThroughput.isPresent()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to limit table '" + table.tableName() + "' on demand: it is provisioned",
          "ask for billing mode PAY_PER_REQUEST too");
    }
    return Optional.empty();
  }

  /** Indexes keep their own capacity where they have one, and share the table's billing mode. */
  private static UnaryOperator<SecondaryIndex> capacity(Optional<Throughput> tableUnits) {
    return index ->
        new SecondaryIndex(
            index.indexName(),
            index.keySchema(),
            index.projection(),
            tableUnits.isEmpty() ? Optional.empty() : index.throughput().or(() -> tableUnits),
            tableUnits.isEmpty() ? index.onDemandThroughput() : Optional.empty());
  }

  private TableSettings settings(TableSettings settings, boolean provisioned) {
    Map<String, String> allTags = new TreeMap<>(settings.tags());
    allTags.putAll(tags);
    return new TableSettings(
        settings.timeToLiveAttribute(),
        settings.streamViewType(),
        encryption.isPresent() ? encryption.get().sseType() : settings.sseType(),
        encryption.isPresent() ? encryption.get().kmsMasterKey() : settings.kmsMasterKeyArn(),
        tableClass.or(settings::tableClass),
        deletionProtection.orElse(settings.deletionProtection()),
        allTags,
        settings.pointInTimeRecoveryDays(),
        settings.resourcePolicy(),
        provisioned ? settings.autoScaling() : Optional.empty(),
        settings.notAnswered());
  }

  private static TableDefinition withUsedAttributes(TableDefinition table) {
    return new TableDefinition(
        table.tableName(),
        table.tableArn(),
        table.tableId(),
        table.keySchema(),
        table.usedAttributes(),
        table.localSecondaryIndexes(),
        table.globalSecondaryIndexes(),
        table.billingMode(),
        table.throughput(),
        table.onDemandThroughput(),
        table.settings());
  }

  /** Collects overrides, each of them optional. */
  public static final class Builder {
    private @Nullable String tableName;
    private @Nullable BillingMode billingMode;
    private @Nullable Throughput throughput;
    private @Nullable OnDemandThroughput onDemandThroughput;
    private IndexChoice globalIndexes = IndexChoice.all();
    private IndexChoice localIndexes = IndexChoice.all();
    private @Nullable Encryption encryption;
    private @Nullable String tableClass;
    private Map<String, String> tags = Map.of();
    private @Nullable Boolean deletionProtection;

    private Builder() {}

    public Builder tableName(String name) {
      tableName = name;
      return this;
    }

    public Builder billingMode(BillingMode mode) {
      billingMode = mode;
      return this;
    }

    public Builder throughput(Throughput units) {
      throughput = units;
      return this;
    }

    public Builder onDemandThroughput(OnDemandThroughput most) {
      onDemandThroughput = most;
      return this;
    }

    public Builder globalIndexes(IndexChoice choice) {
      globalIndexes = choice;
      return this;
    }

    public Builder localIndexes(IndexChoice choice) {
      localIndexes = choice;
      return this;
    }

    public Builder encryption(Encryption wanted) {
      encryption = wanted;
      return this;
    }

    public Builder tableClass(String wanted) {
      tableClass = wanted;
      return this;
    }

    public Builder tags(Map<String, String> added) {
      tags = added;
      return this;
    }

    /** Protects the restored table, whatever the source was. */
    public Builder protectFromDeletion() {
      deletionProtection = true;
      return this;
    }

    /** Leaves the restored table unprotected, whatever the source was. */
    public Builder allowDeletion() {
      deletionProtection = false;
      return this;
    }

    public TableOverrides build() {
      return new TableOverrides(
          Optional.ofNullable(tableName),
          Optional.ofNullable(billingMode),
          Optional.ofNullable(throughput),
          Optional.ofNullable(onDemandThroughput),
          globalIndexes,
          localIndexes,
          Optional.ofNullable(encryption),
          Optional.ofNullable(tableClass),
          tags,
          Optional.ofNullable(deletionProtection));
    }
  }
}
