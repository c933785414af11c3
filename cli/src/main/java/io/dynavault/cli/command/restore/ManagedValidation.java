// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.client.RegionClients;
import io.dynavault.aws.restore.ManagedRestorePlan;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.compare.ExpectedItems;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.restore.TargetTable;
import io.dynavault.core.scan.TableScan;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.validate.TableValidation;
import io.dynavault.core.validate.ValidationLevel;
import io.dynavault.core.validate.ValidationResult;

/**
 * Compares tables that AWS has restored with the tables that they were made of: nothing else tells
 * what is in a backup. What was written to those since shows as a difference.
 */
final class ManagedValidation {
  private final Session session;
  private final RegionClients regions;
  private final TableClients clients;

  ManagedValidation(Session session, RegionClients regions, TableClients clients) {
    this.session = requireNonNull(session, "session is null");
    this.regions = requireNonNull(regions, "regions is null");
    this.clients = requireNonNull(clients, "clients is null");
  }

  /**
   * Refuses before anything is restored.
   *
   * @throws DynavaultException {@code UNSUPPORTED} where the table that was backed up is gone or in
   *     another region
   */
  void requirePossible(ManagedRestorePlan plan) {
    String table = plan.request().source().tableName();
    String region = plan.request().source().region();
    if (!region.equals(regions.homeRegion())) {
      throw refused(plan, "table '%s' is in region %s".formatted(table, region));
    }
    try {
      TableDefinition source = new TableDescriber(clients).describe(table).definition();
      if (!plan.sourceTableId().isEmpty() && !source.tableId().equals(plan.sourceTableId())) {
        throw refused(plan, "table '" + table + "' is another one since");
      }
    } catch (DynavaultException e) {
      throw e.code() == ErrorCode.TABLE_NOT_FOUND
          ? refused(plan, "table '" + table + "' is gone")
          : e;
    }
  }

  private static DynavaultException refused(ManagedRestorePlan plan, String why) {
    return new DynavaultException(
        ErrorCode.UNSUPPORTED,
        "unable to validate the restore of table '%s': %s, and nothing else tells what is in a backup of AWS"
            .formatted(plan.tableName(), why),
        "leave --validate out, and compare the new table with a recovery point by: dynavault"
            + " compare");
  }

  ValidationResult run(
      ManagedRestorePlan plan,
      ValidationLevel level,
      DifferenceList differences,
      RunContext context)
      throws InterruptedException {
    int workers = session.config().value(ConfigOptions.RESTORE_WORKERS);
    TableDescriber describer = new TableDescriber(clients);
    TableDefinition restored = describer.describe(plan.tableName()).definition();
    TableDefinition source = describer.describe(plan.request().source().tableName()).definition();
    try (DynamoDbTransport transport = session.wiring().openTransport(2 * workers)) {
      TableValidation validation =
          new TableValidation(
              ExpectedItems.of(scan(source, transport, workers, context)),
              scan(restored, transport, workers, context),
              restored.keySchema(),
              context);
      return validation.run(
          level, (difference, print, key) -> differences.add(plan.tableName(), difference));
    }
  }

  private TableScan scan(
      TableDefinition table, DynamoDbTransport transport, int workers, RunContext context) {
    return new TargetTable(
            table.tableName(), transport, clients, session.context().timing().sleeper(), workers)
        .scan(table, session.config().optional(ConfigOptions.RESTORE_READ_CAPACITY), context);
  }
}
