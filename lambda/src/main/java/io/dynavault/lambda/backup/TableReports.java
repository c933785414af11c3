// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What reports and metrics say of the tables of a run. */
final class TableReports {
  private final Vault vault;

  TableReports(Vault vault) {
    this.vault = requireNonNull(vault, "vault is null");
  }

  static List<TableLine> lines(List<TableState> tables) {
    return tables.stream().map(TableReports::line).toList();
  }

  private static TableLine line(TableState state) {
    if (state.status() != TableState.Status.COMPLETED) {
      TableLine line = TableLine.of(state.tableName(), Notification.Result.FAILURE);
      return state
          .failure()
          .map(why -> line.withFailure(new Failure(why.error(), why.message(), why.hint())))
          .orElse(line);
    }
    return TableLine.of(state.tableName(), Notification.Result.SUCCESS)
        .withRecoveryPoint(state.recoveryPoint().orElse(""))
        .withItems(state.items(), state.bytes());
  }

  /** When the newest whole backup of each table was begun. */
  Map<String, Optional<Instant>> newest(List<TableState> tables) {
    Map<String, Optional<Instant>> newest = new TreeMap<>();
    for (TableState state : tables) {
      newest.put(
          state.tableName(),
          vault.catalog().list(state.tableName()).entries().stream()
              .map(CatalogEntry::point)
              .filter(point -> !point.filtered() && !point.isIncremental())
              .map(RecoveryPoint::startTime)
              .max(Comparator.naturalOrder()));
    }
    return newest;
  }
}
