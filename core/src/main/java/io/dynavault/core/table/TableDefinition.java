// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything needed to create a table again as it was.
 *
 * @param tableArn ARN as the endpoint gives it
 * @param tableId id of this incarnation: a table deleted and created again has another. Made from
 *     the time of creation where the server gives none
 * @param attributeDefinitions key attributes of the table and its indexes
 * @param throughput provisioned capacity, for {@link BillingMode#PROVISIONED}
 */
public record TableDefinition(
    String tableName,
    String tableArn,
    String tableId,
    KeySchema keySchema,
    List<KeyAttribute> attributeDefinitions,
    List<SecondaryIndex> localSecondaryIndexes,
    List<SecondaryIndex> globalSecondaryIndexes,
    BillingMode billingMode,
    Optional<Throughput> throughput,
    Optional<OnDemandThroughput> onDemandThroughput,
    TableSettings settings) {
  public TableDefinition {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(tableArn, "tableArn is null");
    requireNonNull(tableId, "tableId is null");
    requireNonNull(keySchema, "keySchema is null");
    attributeDefinitions = List.copyOf(attributeDefinitions);
    localSecondaryIndexes = List.copyOf(localSecondaryIndexes);
    globalSecondaryIndexes = List.copyOf(globalSecondaryIndexes);
    requireNonNull(billingMode, "billingMode is null");
    requireNonNull(throughput, "throughput is null");
    requireNonNull(onDemandThroughput, "onDemandThroughput is null");
    requireNonNull(settings, "settings is null");
  }

  /** An on-demand table with this key and nothing else, which no server has given an ARN yet. */
  public static TableDefinition onDemand(String tableName, KeySchema keys) {
    List<KeyAttribute> attributes = new ArrayList<>(List.of(keys.partitionKey()));
    keys.sortKey().ifPresent(attributes::add);
    return new TableDefinition(
        tableName,
        "",
        "",
        keys,
        attributes,
        List.of(),
        List.of(),
        BillingMode.PAY_PER_REQUEST,
        Optional.empty(),
        Optional.empty(),
        TableSettings.none());
  }

  /**
   * The attribute definitions that a key or an index needs. AWS refuses a table that defines
   * others, which is what dropping an index leaves behind.
   */
  public List<KeyAttribute> usedAttributes() {
    Set<KeyAttribute> used = new HashSet<>();
    used.add(keySchema.partitionKey());
    keySchema.sortKey().ifPresent(used::add);
    localSecondaryIndexes.forEach(index -> used.addAll(index.keySchema().attributes()));
    globalSecondaryIndexes.forEach(index -> used.addAll(index.keySchema().attributes()));
    return attributeDefinitions.stream().filter(used::contains).toList();
  }
}
