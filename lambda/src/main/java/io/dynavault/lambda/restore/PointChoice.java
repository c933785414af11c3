// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.restore;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which recovery points a request means: of each table the newest whole one of the day. */
final class PointChoice {
  private PointChoice() {}

  static List<TableOutcome> of(Catalog catalog, RestoreEvent event) {
    List<RecoveryPoint> whole =
        catalog.list().entries().stream()
            .map(CatalogEntry::point)
            .filter(point -> !point.filtered() && !point.isIncremental())
            .toList();
    List<TableOutcome> outcomes = new ArrayList<>();
    for (String table : tables(whole, event)) {
      Optional<RecoveryPoint> newest =
          whole.stream()
              .filter(point -> point.tableName().equals(table))
              .filter(point -> event.date().isEmpty() || day(point).equals(event.date().get()))
              .max(Comparator.comparing(RecoveryPoint::startTime));
      outcomes.add(
          newest
              .map(point -> TableOutcome.pending(table, point.id().value()))
              .orElseGet(() -> TableOutcome.missing(table, none(table, event))));
    }
    return outcomes;
  }

  /** Those that are named, else all that have a backup of the day. */
  private static List<String> tables(List<RecoveryPoint> whole, RestoreEvent event) {
    if (!event.tables().isEmpty()) {
      return event.tables().stream().distinct().sorted().toList();
    }
    LocalDate day =
        event
            .date()
            .or(() -> whole.stream().map(PointChoice::day).max(Comparator.naturalOrder()))
            .orElse(LocalDate.EPOCH);
    List<String> names =
        whole.stream()
            .filter(point -> day(point).equals(day))
            .map(RecoveryPoint::tableName)
            .distinct()
            .sorted()
            .toList();
    if (names.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to choose what to restore: the vault has no backup"
              + event.date().map(date -> " of " + date).orElse(""),
          "see what there is with: dynavault list");
    }
    return names;
  }

  private static LocalDate day(RecoveryPoint point) {
    return LocalDate.ofInstant(point.startTime(), ZoneOffset.UTC);
  }

  private static DynavaultException none(String table, RestoreEvent event) {
    return new DynavaultException(
        ErrorCode.RECOVERY_POINT_NOT_FOUND,
        "unable to restore table '%s': the vault has no whole backup of it%s"
            .formatted(table, event.date().map(date -> " of " + date).orElse("")),
        "see what there is with: dynavault list");
  }
}
