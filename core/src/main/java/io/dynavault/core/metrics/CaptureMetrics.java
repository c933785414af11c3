// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.metrics;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of one commit of a continuous backup, published as those of {@link RunMetrics}: how
 * far the window is behind, and what has come.
 *
 * @param vault name of the vault
 * @param dimensions of the run
 */
public record CaptureMetrics(
    String vault, String tableName, Commit commit, Map<String, String> dimensions) {
  private static final String TABLE = "TableName";
  private static final String VAULT = "Vault";

  public CaptureMetrics {
    requireNonNull(vault, "vault is null");
    requireNonNull(tableName, "tableName is null");
    requireNonNull(commit, "commit is null");
    dimensions = Map.copyOf(dimensions);
  }

  /** A line in the embedded metric format, without a line break. */
  public String line(Instant now) {
    Map<String, String> values = new TreeMap<>(dimensions);
    values.put(TABLE, tableName);
    values.put(VAULT, vault);
    List<List<String>> sets =
        List.of(List.copyOf(dimensions.keySet()), List.of(TABLE), List.of(VAULT, TABLE));
    Duration lag = Duration.between(commit.completeTo(), now);
    long stored = commit.files().stream().mapToLong(ChangeFile::size).sum();
    return new EmfLine(now, values, sets)
        .property("Operation", "CONTINUOUS")
        .metric("ContinuousLag", "Seconds", Math.max(0, lag.toMillis() / 1000.0))
        .metric("ContinuousChanges", "Count", commit.counts().total())
        .metric("ContinuousStoredBytes", "Bytes", stored)
        .toString();
  }
}
