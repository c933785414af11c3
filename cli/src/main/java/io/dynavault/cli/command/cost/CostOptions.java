// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.cost;

import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.core.cost.BackupSchedule;
import io.dynavault.core.cost.CostRequest;
import io.dynavault.core.cost.TableVolume;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Selector;
import io.dynavault.core.vault.StoredExport;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to estimate and how often it is backed up. */
final class CostOptions {
  @Parameters(
      arity = "0..1",
      paramLabel = "RECOVERY-POINT",
      description = "latest, an id, or the beginning of one")
  private @Nullable String selector;

  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description = "live table, or table of the recovery point")
  private @Nullable String table;

  @Option(names = "--items", paramLabel = "N", description = "number of items, with --size")
  private @Nullable Long items;

  @Option(names = "--size", paramLabel = "SIZE", description = "size of the table, such as 20GB")
  private @Nullable String size;

  @Option(
      names = "--backups-per-month",
      paramLabel = "N",
      defaultValue = "30",
      description = "backups in 30 days (default ${DEFAULT-VALUE})")
  private int backupsPerMonth;

  @Option(
      names = "--retention-days",
      paramLabel = "DAYS",
      defaultValue = "30",
      description = "how long backups are kept (default ${DEFAULT-VALUE})")
  private int retentionDays;

  BackupSchedule schedule() {
    try {
      return new BackupSchedule(backupsPerMonth, retentionDays);
    } catch (IllegalArgumentException e) {
      throw usage("unable to estimate costs: " + e.getMessage(), "give numbers above 0");
    }
  }

  CostRequest request(CostSubject subject) {
    return new CostRequest(
        subject.volume(), subject.backupBytes(), subject.uncompressedBytes(), schedule());
  }

  CostSubject subject(Session session) {
    if (items != null || size != null) {
      return bySize();
    }
    if (selector != null) {
      return byRecoveryPoint(session, Selector.parse(selector));
    }
    if (table != null) {
      return byTable(session, table);
    }
    throw usage(
        "unable to estimate costs: nothing to estimate is given",
        "give --table, or RECOVERY-POINT with --vault, or --items and --size");
  }

  private CostSubject bySize() {
    if (items == null || size == null || items < 0) {
      throw usage("unable to estimate costs: --items and --size go together", "give both");
    }
    try {
      long bytes = ByteSize.parse(size);
      return new CostSubject("a table", TableVolume.of(items, bytes), OptionalLong.empty());
    } catch (IllegalArgumentException e) {
      throw usage("unable to use size '" + size + "': " + e.getMessage(), "write it as 20GB");
    }
  }

  private CostSubject byRecoveryPoint(Session session, Selector wanted) {
    try (OpenVault open = session.wiring().openVault()) {
      Catalog catalog = open.vault().catalog();
      CatalogEntry entry = table == null ? catalog.find(wanted) : catalog.find(table, wanted);
      return byContent(entry.point());
    }
  }

  private static CostSubject byContent(RecoveryPoint point) {
    String name = "recovery point " + point.id() + " of table " + point.tableName();
    if (!(point.content() instanceof ManagedBackup backup)) {
      StoredExport export = point.fullExport();
      return new CostSubject(
          name,
          TableVolume.of(point.table(), export.itemCount(), export.itemBytes()),
          OptionalLong.of(export.storedBytes()));
    }
    if (backup.sizeBytes().isEmpty() || backup.itemCount().isEmpty()) {
      throw new DynavaultException(
          ErrorCode.UNSUPPORTED,
          "unable to estimate costs of " + name + ": AWS has not told its size and items",
          "give --table, or --items and --size");
    }
    long items = backup.itemCount().getAsLong();
    long bytes = backup.sizeBytes().getAsLong();
    return new CostSubject(name, TableVolume.of(point.table(), items, bytes), OptionalLong.empty());
  }

  private static CostSubject byTable(Session session, String name) {
    try (TableClients clients = TableClients.open(session.wiring().endpoint())) {
      TableSnapshot snapshot = new TableDescriber(clients).describe(name);
      return new CostSubject("table " + name, TableVolume.of(snapshot), OptionalLong.empty());
    }
  }

  private static DynavaultException usage(String message, String hint) {
    return new DynavaultException(ErrorCode.USAGE, message, hint);
  }
}
