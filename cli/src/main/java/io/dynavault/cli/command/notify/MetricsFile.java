// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.notify;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.config.NotifyOptions;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
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
final class MetricsFile {
  private final Session session;

  MetricsFile(Session session) {
    this.session = requireNonNull(session, "session is null");
  }

  /** Appends the figures of a run; what goes wrong is a warning. */
  void append(Notification run, List<String> tables) {
    Optional<String> file = session.config().optional(NotifyOptions.METRICS_FILE);
    if (file.isEmpty()) {
      return;
    }
    Map<String, String> dimensions =
        session
            .config()
            .optional(NotifyOptions.METRICS_ENVIRONMENT)
            .map(name -> Map.of("Environment", name))
            .orElse(Map.of());
    RunMetrics metrics = new RunMetrics(run, newest(tables), dimensions);
    StringBuilder text = new StringBuilder();
    metrics.lines(session.now()).forEach(line -> text.append(line).append('\n'));
    Path path = session.context().workingDirectory().resolve(file.get());
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
