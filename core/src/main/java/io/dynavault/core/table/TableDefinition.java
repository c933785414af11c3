// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import java.util.List;
import java.util.Optional;

/**
 * Everything needed to create a table again as it was.
 *
 * @param tableArn ARN as the endpoint gives it
 * @param tableId id of this incarnation: a table deleted and created again has another
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
}
