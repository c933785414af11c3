// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.CatalogListing;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.UnreadableRecord;
import io.dynavault.lambda.backup.ManifestStore;
import io.dynavault.lambda.backup.TableState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which recovery points a request means: of each table the newest whole one of the day. A day has
 * the recovery points that were begun on it, and those that its manifest names, which a backup that
 * was scheduled late may have begun after midnight. The latest are those since the last day that
 * has a manifest: what somebody has backed up by hand since is not the whole. A table that cannot
 * be restored is told, not left out.
 */
final class PointChoice {
  private static final Logger log = LoggerFactory.getLogger(PointChoice.class);

  /** Days that are looked at for a manifest. */
  private static final int MOST_DAYS = 35;

  private final List<RecoveryPoint> whole;
  private final List<UnreadableRecord> unreadable;
  private final RestoreEvent event;
  private final Optional<LocalDate> from;
  private final List<TableState> backedUp;

  private PointChoice(CatalogListing listing, ManifestStore manifests, RestoreEvent event) {
    this.whole =
        listing.entries().stream()
            .map(CatalogEntry::point)
            .filter(point -> !point.filtered() && !point.isIncremental())
            .toList();
    this.unreadable = listing.unreadable();
    this.event = requireNonNull(event, "event is null");
    this.from =
        event.date().or(() -> event.tables().isEmpty() ? latestDay(manifests) : Optional.empty());
    this.backedUp = from.map(date -> backedUp(manifests, date)).orElse(List.of());
  }

  static List<TableOutcome> of(Catalog catalog, ManifestStore manifests, RestoreEvent event) {
    return new PointChoice(catalog.list(), manifests, event).outcomes();
  }

  private List<TableOutcome> outcomes() {
    return tables().stream().map(this::outcome).toList();
  }

  /** Those that are named, else all of the day. */
  private List<String> tables() {
    TreeSet<String> names = new TreeSet<>(event.tables());
    if (names.isEmpty()) {
      whole.stream().filter(this::isOfDay).map(RecoveryPoint::tableName).forEach(names::add);
      unreadable.stream()
          .filter(record -> isOfDay(record.id().startTime()))
          .map(UnreadableRecord::tableName)
          .forEach(names::add);
      backedUp.stream().map(TableState::tableName).forEach(names::add);
    }
    if (names.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to choose what to restore: the vault has no backup" + ofDay(),
          "see what there is with: dynavault list");
    }
    return List.copyOf(names);
  }

  private TableOutcome outcome(String table) {
    Optional<RecoveryPoint> newest =
        whole.stream()
            .filter(point -> point.tableName().equals(table))
            .filter(this::isOfDay)
            .max(Comparator.comparing(RecoveryPoint::startTime));
    Optional<UnreadableRecord> newer =
        unreadable.stream()
            .filter(record -> record.tableName().equals(table))
            .filter(record -> isOfDay(record.id().startTime()))
            .filter(record -> newest.isEmpty() || record.id().compareTo(newest.get().id()) > 0)
            .findFirst();
    return newer
        .map(record -> TableOutcome.missing(table, unreadable(record)))
        .or(() -> newest.map(point -> TableOutcome.pending(table, point.id().value())))
        .orElseGet(() -> TableOutcome.missing(table, none(table)));
  }

  private boolean isOfDay(RecoveryPoint point) {
    return isOfDay(point.startTime())
        || backedUp.stream()
            .anyMatch(
                state ->
                    state.tableName().equals(point.tableName())
                        && state.recoveryPoint().equals(Optional.of(point.id().value())));
  }

  /** Any time, where no day is meant. */
  private boolean isOfDay(Instant time) {
    LocalDate day = day(time);
    return from.map(first -> !day.isBefore(first)).orElse(true)
        && event.date().map(day::equals).orElse(true);
  }

  /** The newest day that has a manifest; or else the newest. */
  private Optional<LocalDate> latestDay(ManifestStore manifests) {
    List<LocalDate> newestFirst =
        Stream.concat(
                whole.stream().map(RecoveryPoint::startTime),
                unreadable.stream().map(record -> record.id().startTime()))
            .map(PointChoice::day)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    return newestFirst.stream()
        .limit(MOST_DAYS)
        .filter(date -> !backedUp(manifests, date).isEmpty())
        .findFirst()
        .or(() -> newestFirst.stream().findFirst());
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** What can be restored is told by the records: a damaged manifest keeps nobody from them. */
  private static List<TableState> backedUp(ManifestStore manifests, LocalDate date) {
    try {
      return manifests.read(date).tables();
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED && e.code() != ErrorCode.FORMAT_UNSUPPORTED) {
        throw e;
      }
      log.warn("restored without the manifest of {}: {}", date, e.getMessage());
      return List.of();
    }
  }

  private DynavaultException none(String table) {
    String failed =
        backedUp.stream()
            .filter(state -> state.tableName().equals(table))
            .flatMap(state -> state.failure().stream())
            .map(why -> "; its backup has failed: " + why.message())
            .findFirst()
            .orElse("");
    return new DynavaultException(
        ErrorCode.RECOVERY_POINT_NOT_FOUND,
        "unable to restore table '%s': the vault has no whole backup of it%s%s"
            .formatted(table, ofDay(), failed),
        "see what there is with: dynavault list; an older one is taken where 'backup_date' is its"
            + " day");
  }

  private static DynavaultException unreadable(UnreadableRecord record) {
    return new DynavaultException(
        record.problem().code(),
        "unable to restore table '%s': the record of its newest backup is damaged: %s"
            .formatted(record.tableName(), record.problem().getMessage()),
        "restore the record from a copy of the vault; an older backup is taken where 'backup_date'"
            + " is its day",
        record.problem());
  }

  private String ofDay() {
    return event
        .date()
        .map(date -> " of " + date)
        .or(() -> from.map(date -> " since " + date))
        .orElse("");
  }
}
