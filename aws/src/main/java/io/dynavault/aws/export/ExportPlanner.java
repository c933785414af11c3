// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.chain.ExportChain;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.ExportWindow;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RunRecord;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.export.ExportSpan;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Decides which exports of a table are made: one, or the windows that the chain in the vault lacks.
 */
public final class ExportPlanner {
  private final DynamoDbClient client;
  private final TableDescriber describer;
  private final Vault vault;
  private final InstantSource clock;

  public ExportPlanner(
      DynamoDbClient client, TableDescriber describer, Vault vault, InstantSource clock) {
    this.client = requireNonNull(client, "client is null");
    this.describer = requireNonNull(describer, "describer is null");
    this.vault = requireNonNull(vault, "vault is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Plans; starts nothing.
   *
   * @throws DynavaultException {@code USAGE} if the vault is not in S3; for changes, {@code
   *     RECOVERY_POINT_NOT_FOUND} or {@code TABLE_CHANGED} where there is no chain to continue, and
   *     {@code PITR_OFF} where point-in-time recovery is off
   */
  public ExportPlan plan(ExportRequest request) {
    Instant now = clock.instant();
    ExportPlace place = ExportPlace.of(vault.store().location(), request.tableName(), now);
    TableSnapshot table = describer.describe(request.tableName());
    List<String> notes = new ArrayList<>();
    List<ExportOrder> orders = new ArrayList<>();
    if (request.scope() instanceof ExportScope.Changes changes) {
      for (Windows.Window window : windows(table.definition(), now, notes)) {
        ExportSpan span = new ExportSpan.Window(window.from(), window.to(), changes.view());
        orders.add(order(table, place, span, ExportOrder.MomentChoice.NAMED, request));
      }
    } else if (request.scope() instanceof ExportScope.At at) {
      ExportSpan span = new ExportSpan.Moment(at.time());
      orders.add(order(table, place, span, ExportOrder.MomentChoice.NAMED, request));
    } else {
      // A whole second, because windows that continue it may have to begin at one.
      ExportSpan span = new ExportSpan.Moment(now.truncatedTo(ChronoUnit.SECONDS));
      orders.add(order(table, place, span, ExportOrder.MomentChoice.NOW, request));
    }
    if (isAnyInWork(request.tableName())) {
      notes.add(
          "an export of table '%s' that was started before is not recorded yet: do so with --resume"
              .formatted(request.tableName()));
    }
    return new ExportPlan(
        request.tableName(), table.itemCount(), table.tableSizeBytes(), orders, notes);
  }

  private boolean isAnyInWork(String tableName) {
    return vault.runs().unfinished(tableName).stream()
        .anyMatch(journal -> journal.run().kind() == RunRecord.Kind.EXPORT);
  }

  private static ExportOrder order(
      TableSnapshot table,
      ExportPlace place,
      ExportSpan span,
      ExportOrder.MomentChoice timing,
      ExportRequest request) {
    return new ExportOrder(table.definition(), place, span, timing, request.options());
  }

  /** What the chain lacks up to now: its holes first, then what has happened since. */
  private List<Windows.Window> windows(TableDefinition table, Instant now, List<String> notes) {
    List<RecoveryPoint> points =
        vault.catalog().list(table.tableName()).entries().stream()
            .map(CatalogEntry::point)
            .toList();
    ExportChain chain =
        ExportChain.newest(table.tableId(), points).orElseThrow(() -> noChain(table, points));
    RecoveryWindow recovery = RecoveryWindow.of(client, table);
    if (chain.end().isBefore(recovery.earliest())) {
      throw tooLate(table, chain, recovery);
    }
    List<Windows.Window> windows = new ArrayList<>();
    Instant at = chain.end();
    for (RecoveryPoint later : chain.beyond(points)) {
      ExportWindow window = later.export().window().orElseThrow();
      Optional<Windows> gap =
          window.from().isAfter(at) ? Windows.exactly(at, window.from()) : Optional.empty();
      if (gap.isPresent()) {
        notes.add("closes a hole in the chain from " + at + " to " + window.from());
        windows.addAll(gap.get().windows());
        at = window.to();
      } else if (window.from().equals(at)) {
        at = window.to();
      }
    }
    Windows rest = Windows.upTo(at, latest(recovery, now));
    windows.addAll(rest.windows());
    if (windows.isEmpty()) {
      notes.add(
          "nothing is exported yet: the last export ends at %s, and a window has 15 minutes at least"
              .formatted(rest.end()));
    }
    return windows;
  }

  /** AWS's clock may differ from ours by a minute; what it says is the latest can be exported. */
  private static Instant latest(RecoveryWindow recovery, Instant now) {
    Instant latest = recovery.latest().isBefore(now) ? recovery.latest() : now;
    return latest.truncatedTo(ChronoUnit.SECONDS);
  }

  private static DynavaultException noChain(TableDefinition table, List<RecoveryPoint> points) {
    boolean other = points.stream().anyMatch(ExportChain::canBeBase);
    return new DynavaultException(
        other ? ErrorCode.TABLE_CHANGED : ErrorCode.RECOVERY_POINT_NOT_FOUND,
        "unable to export changes of table '%s': %s"
            .formatted(
                table.tableName(),
                other
                    ? "it was deleted and created again since its last full export"
                    : "the vault has no full export of it to begin with"),
        fullExport(table));
  }

  private static DynavaultException tooLate(
      TableDefinition table, ExportChain chain, RecoveryWindow recovery) {
    return new DynavaultException(
        ErrorCode.RECOVERY_POINT_NOT_FOUND,
        ("unable to continue the exports of table '%s': the last one ends at %s, and point-in-time"
                + " recovery goes back to %s only")
            .formatted(table.tableName(), chain.end(), recovery.earliest()),
        fullExport(table));
  }

  private static String fullExport(TableDefinition table) {
    return "begin a chain with a full export: dynavault backup --method export --table "
        + table.tableName();
  }
}
