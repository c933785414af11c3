// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.continuous.CaptureRequests;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.capture.CaptureEvent;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.capture.CaptureRequest;
import io.dynavault.core.compact.CompactResult;
import io.dynavault.core.consistent.ConsistentBackupRun;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.vault.Vault;
import java.util.List;
import java.util.Optional;

/** Backups of one moment: a scan, and the changes of the table's stream meanwhile. */
final class ConsistentMethod implements BackupMethod {
  private final Session session;
  private final BackupCommandOptions options;
  private final ScanMethod scan;
  private final TableClients clients;
  private final CaptureRequests requests;

  private ConsistentMethod(
      Session session,
      BackupCommandOptions options,
      ScanMethod scan,
      TableClients clients,
      CaptureRequests requests) {
    this.session = session;
    this.options = options;
    this.scan = scan;
    this.clients = clients;
    this.requests = requests;
  }

  static ConsistentMethod open(Session session, BackupCommandOptions options, Vault vault) {
    ScanMethod scan = ScanMethod.open(session, options, vault);
    try {
      TableClients clients = TableClients.open(session.wiring().endpoint());
      try {
        int tables = session.config().value(ConfigOptions.SCAN_TABLES);
        CaptureRequests requests = CaptureRequests.open(session, vault, clients, tables);
        return new ConsistentMethod(session, options, scan, clients, requests);
      } catch (RuntimeException e) {
        clients.close();
        throw e;
      }
    } catch (RuntimeException e) {
      scan.close();
      throw e;
    }
  }

  @Override
  public int tablesAtOnce() {
    return scan.tablesAtOnce();
  }

  @Override
  public PlannedBackup plan(String tableName) {
    return new PlannedConsistent(scan.plan(tableName), context -> backUp(tableName, context));
  }

  /** A capture goes on by itself where the last one was interrupted. */
  @Override
  public BackedUpTable resume(String tableName, RunContext context) throws InterruptedException {
    return backUp(tableName, context);
  }

  private BackedUpTable backUp(String tableName, RunContext context) throws InterruptedException {
    CaptureRequest request =
        requests.request(tableName, Until.CAUGHT_UP, this::heard, context.stop());
    CompactResult result =
        new ConsistentBackupRun(request, context)
            .run(options.request(tableName, session.config()).options());
    return new BackedUpTable(
        tableName,
        List.of(result.point()),
        result.duration(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private void heard(String tableName, CaptureEvent event) {
    if (event instanceof CaptureEvent.StreamEnabled) {
      session
          .output()
          .message("table '%s': switched on a stream with new and old images".formatted(tableName));
    } else if (event instanceof CaptureEvent.Failed failed) {
      session
          .output()
          .warning(
              "capture of table '%s' failed and tries again in %s: %s"
                  .formatted(
                      tableName, TimeText.span(failed.retryIn()), failed.failure().getMessage()));
    }
  }

  @Override
  public void close() {
    try (scan;
        clients) {
      requests.close();
    }
  }
}
