// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.capacity.RateController;
import io.dynavault.core.capacity.TableCapacity;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.write.TableWriter;
import io.dynavault.core.write.WriteCounters;
import io.dynavault.format.item.KeyReader;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The live table and how hard it may be used.
 *
 * @param workers requests in flight at the same time
 * @param writeCapacity how much of its write capacity; empty takes the default for the table
 * @param readCapacity how much of its read capacity; empty takes the default for the table
 */
public record BacktrackTable(
    DynamoDbTransport transport,
    TableDefinition definition,
    int workers,
    Optional<CapacityBudget> writeCapacity,
    Optional<CapacityBudget> readCapacity) {
  /** How long every single request may be throttled before the run gives up. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  public BacktrackTable {
    requireNonNull(transport, "transport is null");
    requireNonNull(definition, "definition is null");
    requireNonNull(writeCapacity, "writeCapacity is null");
    requireNonNull(readCapacity, "readCapacity is null");
    if (workers < 1 || workers > 1_000) {
      throw new IllegalArgumentException("workers out of range 1 to 1000: " + workers);
    }
  }

  KeyReader keys() {
    return new KeyReader(definition.keySchema());
  }

  LiveItems items(RunContext context) {
    OptionalDouble units = TableCapacity.readBudget(definition, readCapacity, transport.endpoint());
    return new LiveItems(
        transport, definition.tableName(), keys(), rate(units, context), context.progress());
  }

  TableWriter writer(WriteCounters counters, RunContext context) {
    OptionalDouble capacity = TableCapacity.write(definition);
    OptionalDouble units =
        writeCapacity
            .orElseGet(() -> TableCapacity.defaultBudget(transport.endpoint(), capacity))
            .unitsPerSecond(capacity);
    return new TableWriter(
        transport,
        definition.tableName(),
        keys(),
        rate(units, context),
        counters,
        (key, reason) -> {});
  }

  private static RateController rate(OptionalDouble units, RunContext context) {
    return new RateController(
        units,
        PATIENCE,
        context.ticker(),
        context.timing().sleeper(),
        context.timing().random(),
        context.stop());
  }
}
