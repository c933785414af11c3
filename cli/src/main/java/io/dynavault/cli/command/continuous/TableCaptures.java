// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.config.Config;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.ContinuousOptions;
import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.capture.CaptureListener;
import io.dynavault.core.capture.CaptureOptions;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.capture.CaptureRequest;
import io.dynavault.core.capture.CaptureResult;
import io.dynavault.core.capture.CaptureRun;
import io.dynavault.core.capture.ScannedBase;
import io.dynavault.core.capture.ServerTable;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.stream.HttpStreamClient;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.core.vault.Vault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Captures several tables, each for itself, in one process. */
final class TableCaptures {
  /** Shards of a table that are read side by side. */
  private static final int SHARDS_AT_ONCE = 8;

  private final Session session;
  private final Vault vault;
  private final CaptureListener listener;
  private final CaptureOptions options;

  TableCaptures(Session session, Vault vault, RunNotice notice, Until until) {
    this.session = requireNonNull(session, "session is null");
    this.vault = requireNonNull(vault, "vault is null");
    this.listener = new CaptureDisplay(session, notice, vault.config().name());
    Config config = session.config();
    this.options = options(config, until);
  }

  private static CaptureOptions options(Config config, Until until) {
    try {
      return new CaptureOptions(
          config.value(ContinuousOptions.FLUSH_INTERVAL),
          config.value(ContinuousOptions.FLUSH_SIZE),
          until);
    } catch (IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.USAGE, "unable to capture tables: " + e.getMessage(), "such as 10s or 1min", e);
    }
  }

  List<Outcome<CaptureResult>> run(TableClients clients, List<String> tables)
      throws InterruptedException {
    StopSignal stop = session.usualStop().get();
    int workers = session.config().value(ConfigOptions.SCAN_WORKERS);
    try (DynamoDbTransport transport = session.wiring().openTransport(tables.size() * workers);
        StreamClient streams =
            HttpStreamClient.open(
                session.wiring().endpoint(),
                TransportConfig.forThreads(tables.size() * SHARDS_AT_ONCE),
                session.context().timing(),
                new TransportCounters())) {
      return Outcome.ofEach(
          tables,
          tables.size(),
          stop,
          table -> capture(request(table, clients, transport, streams, stop), stop));
    }
  }

  private CaptureRequest request(
      String table,
      TableClients clients,
      DynamoDbTransport transport,
      StreamClient streams,
      StopSignal stop) {
    return new CaptureRequest(
        new ServerTable(table, clients, session.context().timing().sleeper(), stop),
        vault,
        streams,
        new ScannedBase(
            vault,
            transport,
            new TableDescriber(clients)::describe,
            base(session.config()),
            Version.current()),
        options,
        listener,
        Version.current());
  }

  private static BackupOptions base(Config config) {
    return new BackupOptions(
        config.value(ConfigOptions.SCAN_WORKERS),
        config.optional(ConfigOptions.SCAN_READ_CAPACITY),
        config.value(ConfigOptions.EXPORT_FORMAT),
        config.value(ConfigOptions.EXPORT_COMPRESSION),
        config.value(ConfigOptions.EXPORT_FILE_SIZE),
        Map.of(),
        Optional.empty());
  }

  private CaptureResult capture(CaptureRequest request, StopSignal stop) {
    String table = request.table().name();
    RunContext context =
        new RunContext(
            session.context().timing(), session.context().ticker(), new Progress(table), stop);
    try {
      return new CaptureRun(request, context).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED, "capture of table '" + table + "' was interrupted", e);
    }
  }
}
