// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.format.export.Codec;
import io.dynavault.format.export.OutputFormat;
import java.util.Map;
import java.util.Optional;

/** How data files are compressed: the engine's choice, or a user's. */
public enum CodecChoice {
  DEFAULT("backup, default settings", "gzip"),
  GZIP_6("backup, gzip level 6", "gzip:6"),
  ZSTD("backup, zstd", "zstd"),
  NONE("backup, uncompressed", "none");

  private final String label;
  private final String codec;

  CodecChoice(String label, String codec) {
    this.label = label;
    this.codec = codec;
  }

  /** As in tables. */
  public String label() {
    return label;
  }

  Codec codec() {
    return Codec.parse(codec);
  }

  BackupOptions options(int workers, Optional<CapacityBudget> readCapacity) {
    return new BackupOptions(
        workers,
        readCapacity,
        OutputFormat.DYNAMODB_JSON,
        codec(),
        BackupOptions.DEFAULT_FILE_BYTES,
        Map.of(),
        Optional.empty());
  }
}
