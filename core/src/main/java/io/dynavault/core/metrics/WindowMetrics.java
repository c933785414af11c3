// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.metrics;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of a continuous backup as it stands, whoever captures it or does not: how far the
 * window is behind, and how long it is. Published as those of {@link CaptureMetrics}.
 *
 * @param vault name of the vault
 * @param lag how far the window is behind
 * @param window its length; zero for a table without a base
 * @param dimensions of the run
 */
public record WindowMetrics(
    String vault, String tableName, Duration lag, Duration window, Map<String, String> dimensions) {
  private static final String TABLE = "TableName";
  private static final String VAULT = "Vault";

  public WindowMetrics {
    requireNonNull(vault, "vault is null");
    requireNonNull(tableName, "tableName is null");
    requireNonNull(lag, "lag is null");
    requireNonNull(window, "window is null");
    dimensions = Map.copyOf(dimensions);
  }

  /** A line in the embedded metric format, without a line break. */
  public String line(Instant now) {
    Map<String, String> values = new TreeMap<>(dimensions);
    values.put(TABLE, tableName);
    values.put(VAULT, vault);
    List<List<String>> sets =
        List.of(List.copyOf(dimensions.keySet()), List.of(TABLE), List.of(VAULT, TABLE));
    return new EmfLine(now, values, sets)
        .property("Operation", "CONTINUOUS")
        .metric("ContinuousLag", "Seconds", seconds(lag))
        .metric("ContinuousWindow", "Seconds", seconds(window))
        .toString();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
