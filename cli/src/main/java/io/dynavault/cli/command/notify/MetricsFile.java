// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.notify;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.config.NotifyOptions;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.metrics.CaptureMetrics;
import io.dynavault.core.metrics.RunMetrics;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.Selector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The file that metrics are appended to, where the settings name one. */
public final class MetricsFile {
  private final Session session;

  public MetricsFile(Session session) {
    this.session = requireNonNull(session, "session is null");
  }

  /** Appends the figures of a run; what goes wrong is a warning. */
  void append(Notification run, List<String> tables) {
    if (session.config().optional(NotifyOptions.METRICS_FILE).isPresent()) {
      append(new RunMetrics(run, newest(tables), dimensions()).lines(session.now()));
    }
  }

  /** Appends the figures of a capture; what goes wrong is a warning. */
  public void append(String vault, String tableName, Commit commit) {
    if (session.config().optional(NotifyOptions.METRICS_FILE).isPresent()) {
      append(
          List.of(new CaptureMetrics(vault, tableName, commit, dimensions()).line(session.now())));
    }
  }

  private Map<String, String> dimensions() {
    return session
        .config()
        .optional(NotifyOptions.METRICS_ENVIRONMENT)
        .map(name -> Map.of("Environment", name))
        .orElse(Map.of());
  }

  private void append(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    String file = session.config().required(NotifyOptions.METRICS_FILE);
    Path path = session.context().workingDirectory().resolve(file);
    try {
      Files.writeString(
          path, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      session
          .output()
          .warning(
              "unable to append metrics to '%s'; give a file that is writable".formatted(path));
    }
  }

  /** The vault is opened anew: the run may have closed it, or never got so far. */
  private Map<String, Optional<Instant>> newest(List<String> tables) {
    if (tables.isEmpty()) {
      return Map.of();
    }
    try (OpenVault open = session.wiring().openVault()) {
      Map<String, Optional<Instant>> newest = new TreeMap<>();
      for (String table : tables) {
        newest.put(table, newest(open.vault().catalog(), table));
      }
      return newest;
    } catch (DynavaultException e) {
      session.output().warning("metrics have no ages of recovery points: " + e.getMessage());
      return Map.of();
    }
  }

  private static Optional<Instant> newest(Catalog catalog, String table) {
    try {
      return Optional.of(catalog.find(table, Selector.parse("latest")).point().startTime());
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.RECOVERY_POINT_NOT_FOUND) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
