// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.capacity.RateController;
import io.dynavault.core.capacity.TableCapacity;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.scan.TableScan;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.transport.DynamoDbTransport;
import java.time.Duration;
import java.util.OptionalDouble;

/** A table that is read as the settings say. */
public final class LiveTable implements AutoCloseable {
  /** How long every single request may be throttled before reading gives up. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Session session;
  private final TableSnapshot table;
  private final DynamoDbTransport transport;

  private LiveTable(Session session, TableSnapshot table, DynamoDbTransport transport) {
    this.session = requireNonNull(session, "session is null");
    this.table = requireNonNull(table, "table is null");
    this.transport = requireNonNull(transport, "transport is null");
  }

  /** Opens a table; the caller closes it. */
  public static LiveTable open(Session session, String name) {
    TableSnapshot snapshot;
    try (TableClients clients = TableClients.open(session.wiring().endpoint())) {
      snapshot = new TableDescriber(clients).describe(name);
    }
    int workers = session.config().value(ConfigOptions.SCAN_WORKERS);
    return new LiveTable(session, snapshot, session.wiring().openTransport(workers));
  }

  public TableDefinition definition() {
    return table.definition();
  }

  /** A scan of all of it, within the budget that the settings give. */
  public TableScan scan(RunContext context) {
    OptionalDouble budget = budget();
    RateController rate =
        new RateController(
            budget,
            PATIENCE,
            context.ticker(),
            context.timing().sleeper(),
            context.timing().random(),
            context.stop());
    return new TableScan(
        transport,
        ScanQuery.all(
            definition().tableName(), session.config().value(ConfigOptions.SCAN_CONSISTENT_READ)),
        rate,
        budget,
        table.itemCount(),
        table.tableSizeBytes(),
        session.config().value(ConfigOptions.SCAN_WORKERS),
        context);
  }

  private OptionalDouble budget() {
    return TableCapacity.readBudget(
        definition(),
        session.config().optional(ConfigOptions.SCAN_READ_CAPACITY),
        transport.endpoint());
  }

  @Override
  public void close() {
    transport.close();
  }
}
