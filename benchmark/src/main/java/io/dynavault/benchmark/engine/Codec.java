// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import java.util.Map;
import java.util.Optional;

/** How data files are compressed: the engine's choice, or a user's. */
public enum Codec {
  DEFAULT("backup, default settings", Compression.GZIP),
  GZIP_6("backup, gzip level 6", Compression.GZIP),
  ZSTD("backup, zstd", Compression.ZSTD),
  NONE("backup, uncompressed", Compression.NONE);

  private final String label;
  private final Compression compression;

  Codec(String label, Compression compression) {
    this.label = label;
    this.compression = compression;
  }

  /** As in tables. */
  public String label() {
    return label;
  }

  Compression compression() {
    return compression;
  }

  BackupOptions options(int workers, Optional<CapacityBudget> readCapacity) {
    return new BackupOptions(
        workers,
        readCapacity,
        OutputFormat.DYNAMODB_JSON,
        compression,
        BackupOptions.DEFAULT_FILE_BYTES,
        Map.of(),
        Optional.empty());
  }
}
