// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.format.export.Codec;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a backup is made.
 *
 * @param workers segments read at the same time
 * @param readCapacity share of the table's read capacity; empty takes the default for the table
 * @param codec how data files are compressed
 * @param fileBytes uncompressed bytes after which a data file is ended at the next page
 * @param tags the user's tags of the recovery point
 * @param deleteAfter age at which expire may remove the recovery point; empty is never
 */
public record BackupOptions(
    int workers,
    Optional<CapacityBudget> readCapacity,
    OutputFormat outputFormat,
    Codec codec,
    long fileBytes,
    Map<String, String> tags,
    Optional<Duration> deleteAfter) {
  /** Uncompressed bytes of a data file when nobody says: what a killed worker reads again. */
  public static final long DEFAULT_FILE_BYTES = 128L << 20;

  public BackupOptions {
    if (workers < 1 || workers > 1_000) {
      throw new IllegalArgumentException("workers out of range 1 to 1000: " + workers);
    }
    requireNonNull(readCapacity, "readCapacity is null");
    requireNonNull(outputFormat, "outputFormat is null");
    requireNonNull(codec, "codec is null");
    if (fileBytes < 1) {
      throw new IllegalArgumentException("fileBytes is less than 1: " + fileBytes);
    }
    tags = Map.copyOf(tags);
    requireNonNull(deleteAfter, "deleteAfter is null");
  }

  /** Options with the fastest way of a compression. */
  public BackupOptions(
      int workers,
      Optional<CapacityBudget> readCapacity,
      OutputFormat outputFormat,
      Compression compression,
      long fileBytes,
      Map<String, String> tags,
      Optional<Duration> deleteAfter) {
    this(workers, readCapacity, outputFormat, Codec.of(compression), fileBytes, tags, deleteAfter);
  }

  /** What the files' names and the record say. */
  public Compression compression() {
    return codec.compression();
  }
}
