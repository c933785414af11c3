// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capture.CaptureEvent;
import io.dynavault.core.capture.CaptureListener;
import io.dynavault.core.capture.CaptureStatus;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.metrics.CaptureMetrics;
import io.dynavault.core.metrics.WindowMetrics;
import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;
import io.dynavault.lambda.host.Host;
import io.dynavault.lambda.host.Invocation;
import io.dynavault.lambda.host.Settings;
import io.dynavault.lambda.host.VaultAccess;
import io.dynavault.lambda.report.Report;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what happens while tables are captured: in the log, in figures, and by the topic what
 * somebody has to look at. Safe for several threads.
 */
final class CaptureNotice implements CaptureListener {
  private static final Logger log = LoggerFactory.getLogger(CaptureNotice.class);

  private final Host host;
  private final Settings settings;
  private final Invocation invocation;
  private final Report report;
  private final Told told;
  private Optional<VaultAccess> vault = Optional.empty();

  CaptureNotice(Host host, Invocation invocation, Told told) {
    this.host = requireNonNull(host, "host is null");
    this.settings = new Settings(host.variables());
    this.invocation = requireNonNull(invocation, "invocation is null");
    this.report = new Report(host, settings, Operation.CONTINUOUS);
    this.told = requireNonNull(told, "told is null");
  }

  /** What follows is about this vault. */
  synchronized void about(VaultAccess access) {
    vault = Optional.of(access);
  }

  @Override
  public synchronized void heard(String table, CaptureEvent event) {
    if (event instanceof CaptureEvent.Committed committed) {
      committed(table, committed.commit());
    } else if (event instanceof CaptureEvent.Gap gap) {
      gap(table, gap.end());
    } else if (event instanceof CaptureEvent.Failed failed) {
      DynavaultException e = failed.failure();
      log.warn("table {}: tried again after {}: {}", table, e.code(), e.getMessage());
    } else if (event instanceof CaptureEvent.TableMissing) {
      log.warn("table {} is gone", table);
    } else {
      log.info("table {}: {}", table, event.getClass().getSimpleName());
    }
  }

  private void committed(String table, Commit commit) {
    CaptureMetrics metrics =
        new CaptureMetrics(vaultText(), table, commit, Report.dimensions(settings));
    host.log().println(metrics.line(invocation.timing().clock().instant()));
  }

  private void gap(String table, ChainEnd end) {
    String what =
        "the continuous backup of table '%s' has a gap after %s: %s"
            .formatted(table, end.completeTo(), end.detail());
    log.error(what);
    send(
        TableLine.of(table, Result.FAILURE)
            .withFailure(
                new Failure(
                    ErrorCode.INCOMPLETE.name(),
                    what,
                    "a new base is being made; see: dynavault continuous status " + table)));
  }

  /** The table is captured. */
  synchronized void works(String table) {
    told.works(table);
    report.measure(invocation, location(), List.of(TableLine.of(table, Result.SUCCESS)));
  }

  /** The table is not captured, or not as it should be. Somebody is told once. */
  synchronized void fails(String table, DynavaultException e) {
    TableLine line = TableLine.failed(table, e);
    if (told.isNews(table, e.code(), invocation.started())) {
      log.error("table {}: {}: {}", table, e.code(), e.getMessage(), e);
      send(line);
    } else {
      log.error("table {}: still {}: {}", table, e.code(), e.getMessage());
      report.measure(invocation, location(), List.of(line));
    }
  }

  /** How far the table's window reaches, whoever captures it. */
  synchronized void stands(CaptureStatus status) {
    WindowMetrics metrics =
        new WindowMetrics(
            vaultText(),
            status.tableName(),
            status.lag(),
            window(status),
            Report.dimensions(settings));
    host.log().println(metrics.line(status.observed()));
  }

  private static Duration window(CaptureStatus status) {
    return status
        .earliest()
        .flatMap(from -> status.latest().map(to -> Duration.between(from, to)))
        .filter(window -> !window.isNegative())
        .orElse(Duration.ZERO);
  }

  private void send(TableLine line) {
    report.send(invocation, location(), List.of(line), Map.of());
  }

  private Optional<String> location() {
    return vault.map(VaultAccess::location);
  }

  private String vaultText() {
    return location().orElse("unknown");
  }
}
