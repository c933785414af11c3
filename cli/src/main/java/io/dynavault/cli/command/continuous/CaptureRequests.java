// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.config.Config;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.ContinuousOptions;
import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.capture.CaptureListener;
import io.dynavault.core.capture.CaptureOptions;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.capture.CaptureRequest;
import io.dynavault.core.capture.ScannedBase;
import io.dynavault.core.capture.ServerTable;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.stream.HttpStreamClient;
import io.dynavault.core.stream.StreamClient;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Says how tables of the endpoint are captured by the settings; open as long as they are. */
public final class CaptureRequests implements AutoCloseable {
  /** Shards of a table that are read side by side. */
  private static final int SHARDS_AT_ONCE = 8;

  private final Session session;
  private final Vault vault;
  private final TableClients clients;
  private final DynamoDbTransport transport;
  private final StreamClient streams;

  private CaptureRequests(
      Session session,
      Vault vault,
      TableClients clients,
      DynamoDbTransport transport,
      StreamClient streams) {
    this.session = requireNonNull(session, "session is null");
    this.vault = requireNonNull(vault, "vault is null");
    this.clients = requireNonNull(clients, "clients is null");
    this.transport = transport;
    this.streams = streams;
  }

  /**
   * @param clients stay the caller's to close
   * @param tables how many are captured at the same time
   */
  public static CaptureRequests open(
      Session session, Vault vault, TableClients clients, int tables) {
    int workers = session.config().value(ConfigOptions.SCAN_WORKERS);
    DynamoDbTransport transport = session.wiring().openTransport(tables * workers);
    try {
      StreamClient streams =
          HttpStreamClient.open(
              session.wiring().endpoint(),
              TransportConfig.forThreads(tables * SHARDS_AT_ONCE),
              session.context().timing(),
              new TransportCounters());
      return new CaptureRequests(session, vault, clients, transport, streams);
    } catch (RuntimeException e) {
      transport.close();
      throw e;
    }
  }

  /** How a table is captured. */
  public CaptureRequest request(
      String table, Until until, CaptureListener listener, StopSignal stop) {
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
        options(session.config(), until),
        listener,
        Version.current());
  }

  private static CaptureOptions options(Config config, Until until) {
    try {
      return new CaptureOptions(
          config.value(ContinuousOptions.FLUSH_INTERVAL),
          config.value(ContinuousOptions.FLUSH_SIZE),
          until,
          baseEvery(config));
    } catch (IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.USAGE, "unable to capture tables: " + e.getMessage(), "such as 10s or 1min", e);
    }
  }

  /** A scan costs reads and takes its time, so that one an hour is the most. */
  private static Optional<Duration> baseEvery(Config config) {
    Optional<Duration> every = config.optional(ContinuousOptions.BASE_EVERY);
    if (every.filter(time -> time.compareTo(Duration.ofHours(1)) < 0).isPresent()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to capture tables: --base-every is less than an hour",
          "give days, such as --base-every 30d; or make bases by dynavault continuous compact");
    }
    return every;
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

  @Override
  public void close() {
    try (transport) {
      streams.close();
    }
  }
}
