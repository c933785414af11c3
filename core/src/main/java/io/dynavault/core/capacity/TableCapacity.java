// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capacity;

import io.dynavault.core.table.BillingMode;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.Throughput;
import io.dynavault.core.transport.ResolvedEndpoint;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What a table can give per second, and how much of it a run takes when nobody says. */
public final class TableCapacity {
  private static final CapacityBudget HALF = new CapacityBudget.Share(50);
  private static final CapacityBudget UNLIMITED = new CapacityBudget.Unlimited();

  private TableCapacity() {}

  /** Read units per second: provisioned, or the on-demand maximum where one is set. */
  public static OptionalDouble read(TableDefinition table) {
    OptionalLong units =
        table.billingMode() == BillingMode.PROVISIONED
            ? table.throughput().stream().mapToLong(Throughput::readCapacityUnits).findFirst()
            : table.onDemandThroughput().isPresent()
                ? table.onDemandThroughput().get().maxReadRequestUnits()
                : OptionalLong.empty();
    return exact(units);
  }

  /** Write units per second: provisioned, or the on-demand maximum where one is set. */
  public static OptionalDouble write(TableDefinition table) {
    OptionalLong units =
        table.billingMode() == BillingMode.PROVISIONED
            ? table.throughput().stream().mapToLong(Throughput::writeCapacityUnits).findFirst()
            : table.onDemandThroughput().isPresent()
                ? table.onDemandThroughput().get().maxWriteRequestUnits()
                : OptionalLong.empty();
    return exact(units);
  }

  /**
   * Half of what an AWS table has provisioned, so that its users are not throttled; without limit
   * for on-demand tables and for servers other than AWS, which do not enforce throughput.
   *
   * @param capacity of the table in this direction; empty where it has none
   */
  public static CapacityBudget defaultBudget(URI endpoint, OptionalDouble capacity) {
    return capacity.isPresent() && ResolvedEndpoint.isAws(endpoint) ? HALF : UNLIMITED;
  }

  /**
   * The read budget in units per second; empty is without limit.
   *
   * @param wanted by the user; empty takes the default
   * @throws io.dynavault.core.error.DynavaultException {@code USAGE} for a share of a capacity that
   *     nobody set
   */
  public static OptionalDouble readBudget(
      TableDefinition table, Optional<CapacityBudget> wanted, URI endpoint) {
    OptionalDouble capacity = read(table);
    return wanted.orElseGet(() -> defaultBudget(endpoint, capacity)).unitsPerSecond(capacity);
  }

  /** Capacities are far below the numbers that a double cannot tell apart. */
  private static OptionalDouble exact(OptionalLong units) {
    return units.isPresent() && units.getAsLong() > 0
        ? OptionalDouble.of((double) units.getAsLong())
        : OptionalDouble.empty();
  }
}
