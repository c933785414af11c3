// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What an import is about to do. All its items have been read and can be written.
 *
 * @param sources names of the files
 * @param itemBytes size of the items by DynamoDB's rules
 * @param writeUnits that writing all of them takes, without secondary indexes
 * @param unitsPerSecond the write budget; empty is without limit
 */
public record LoadPlan(
    String tableName,
    List<String> sources,
    LoadConflict onConflict,
    long items,
    long itemBytes,
    long writeUnits,
    OptionalDouble unitsPerSecond) {
  public LoadPlan {
    requireNonNull(tableName, "tableName is null");
    sources = List.copyOf(sources);
    requireNonNull(onConflict, "onConflict is null");
    requireNonNull(unitsPerSecond, "unitsPerSecond is null");
  }

  /** How long the budget makes the writing take at least; zero without a limit. */
  public Duration estimatedDuration() {
    return unitsPerSecond.isEmpty()
        ? Duration.ZERO
        : Duration.ofMillis((long) (writeUnits / unitsPerSecond.getAsDouble() * 1000));
  }

  /** Whether items of the table can be replaced, so that it has to be confirmed. */
  public boolean destructive() {
    return onConflict == LoadConflict.OVERWRITE;
  }
}
