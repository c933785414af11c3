// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.Checksum;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.ExportType;
import io.dynavault.format.export.OutputFormat;
import java.util.Optional;

/**
 * A data file as the record and the manifest say it is.
 *
 * @param type of the export: an incremental one has changes in its lines instead of items
 * @param recorded from the record, where there is one
 * @param md5 from the manifest, where that could be read
 * @param size stored bytes, for progress; 0 where nobody knows
 */
record ExpectedFile(
    String key,
    ExportType type,
    OutputFormat format,
    Compression compression,
    long itemCount,
    long size,
    Optional<Checksum> recorded,
    Optional<String> md5) {
  ExpectedFile {
    requireNonNull(key, "key is null");
    requireNonNull(type, "type is null");
    requireNonNull(format, "format is null");
    requireNonNull(compression, "compression is null");
    requireNonNull(recorded, "recorded is null");
    requireNonNull(md5, "md5 is null");
  }
}
