// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.capture.CaptureListener;
import io.dynavault.core.capture.CaptureOptions;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.capture.CaptureRequest;
import io.dynavault.core.capture.CaptureRun;
import io.dynavault.core.capture.ScannedBase;
import io.dynavault.core.capture.ServerTable;
import io.dynavault.core.stream.HttpStreamClient;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.HttpTransport;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.lambda.host.Host;
import io.dynavault.lambda.host.Invocation;
import io.dynavault.lambda.host.Version;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Captures tables up to now, for as long as one invocation has; open as long as it does. */
final class TableCaptures implements AutoCloseable {
  /** Segments of a base that are scanned side by side. */
  private static final int WORKERS = 4;

  /** Shards of a table that are read side by side. */
  private static final int SHARDS_AT_ONCE = 8;

  /** Half of what a process commits at once: a function has less memory and time. */
  private static final long FLUSH_BYTES = 16L << 20;

  /** Servers other than AWS's tell whole minutes (docs/format/continuous.md, section 4). */
  private static final Duration PRECISION_ELSEWHERE = Duration.ofMinutes(1);

  private final Vault vault;
  private final Invocation invocation;
  private final TableClients clients;
  private final DynamoDbTransport transport;
  private final StreamClient streams;

  private TableCaptures(
      Vault vault,
      Invocation invocation,
      TableClients clients,
      DynamoDbTransport transport,
      StreamClient streams) {
    this.vault = requireNonNull(vault, "vault is null");
    this.invocation = requireNonNull(invocation, "invocation is null");
    this.clients = requireNonNull(clients, "clients is null");
    this.transport = transport;
    this.streams = streams;
  }

  /**
   * @param tables how many are captured at the same time
   */
  static TableCaptures open(Host host, Vault vault, Invocation invocation, int tables) {
    TableClients clients = TableClients.open(host.endpoint());
    DynamoDbTransport transport =
        HttpTransport.open(
            host.endpoint(),
            TransportConfig.forThreads(tables * WORKERS),
            invocation.timing(),
            new TransportCounters());
    StreamClient streams =
        HttpStreamClient.open(
            host.endpoint(),
            TransportConfig.forThreads(tables * SHARDS_AT_ONCE),
            invocation.timing(),
            new TransportCounters());
    return new TableCaptures(vault, invocation, clients, transport, streams);
  }

  /** How much later than its record says a change may have been made. */
  Duration precision() {
    return streams.isAws() ? Duration.ZERO : PRECISION_ELSEWHERE;
  }

  /** The capture of a table. */
  CaptureRun run(String table, CaptureListener listener) {
    CaptureRequest request =
        new CaptureRequest(
            new ServerTable(table, clients, invocation.timing().sleeper(), invocation.stop()),
            vault,
            streams,
            base(),
            new CaptureOptions(CaptureOptions.DEFAULT_FLUSH_INTERVAL, FLUSH_BYTES, Until.CAUGHT_UP),
            listener,
            Version.current());
    return new CaptureRun(request, invocation.context(table));
  }

  private ScannedBase base() {
    BackupOptions options =
        new BackupOptions(
            WORKERS,
            Optional.empty(),
            OutputFormat.DYNAMODB_JSON,
            Compression.GZIP,
            BackupOptions.DEFAULT_FILE_BYTES,
            Map.of(),
            Optional.empty());
    return new ScannedBase(
        vault, transport, new TableDescriber(clients)::describe, options, Version.current());
  }

  @Override
  public void close() {
    try (clients;
        transport) {
      streams.close();
    }
  }
}
