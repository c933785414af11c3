// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A local or global secondary index.
 *
 * @param throughput provisioned capacity; global indexes of provisioned tables only
 * @param onDemandThroughput limits; global indexes of on-demand tables that have them
 */
public record SecondaryIndex(
    String indexName,
    IndexKeySchema keySchema,
    Projection projection,
    Optional<Throughput> throughput,
    Optional<OnDemandThroughput> onDemandThroughput) {
  public SecondaryIndex {
    requireNonNull(indexName, "indexName is null");
    requireNonNull(keySchema, "keySchema is null");
    requireNonNull(projection, "projection is null");
    requireNonNull(throughput, "throughput is null");
    requireNonNull(onDemandThroughput, "onDemandThroughput is null");
  }
}
