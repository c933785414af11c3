// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.CapacityBudget;
import java.util.List;
import java.util.Optional;

/**
 * How items are read and written.
 *
 * @param delimiter between the columns of CSV
 * @param header names of the columns of CSV where the files do not begin with them
 * @param writeCapacity share of the table's write capacity; empty takes the default for the table
 * @param workers write requests in flight at the same time
 */
public record LoadOptions(
    LoadFormat format,
    char delimiter,
    Optional<List<String>> header,
    LoadConflict onConflict,
    Optional<CapacityBudget> writeCapacity,
    int workers) {
  public LoadOptions {
    requireNonNull(format, "format is null");
    header = header.map(List::copyOf);
    requireNonNull(onConflict, "onConflict is null");
    requireNonNull(writeCapacity, "writeCapacity is null");
    if (workers < 1 || workers > 1_000) {
      throw new IllegalArgumentException("workers out of range 1 to 1000: " + workers);
    }
  }

  /** CSV with commas and a header line; as fast as the table's default budget allows. */
  public static LoadOptions of(LoadFormat format, LoadConflict onConflict, int workers) {
    return new LoadOptions(format, ',', Optional.empty(), onConflict, Optional.empty(), workers);
  }
}
