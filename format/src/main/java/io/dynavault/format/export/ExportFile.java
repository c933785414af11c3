// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.util.Objects.requireNonNull;

/**
 * A data file of an export at the place where it really is.
 *
 * @param key key to open it by, relative to the root of the source; not the manifest's absolute key
 * @param dataFile its line in the manifest
 */
public record ExportFile(
    String key, DataFile dataFile, OutputFormat format, Compression compression) {
  public ExportFile {
    requireNonNull(key, "key is null");
    requireNonNull(dataFile, "dataFile is null");
    requireNonNull(format, "format is null");
    requireNonNull(compression, "compression is null");
  }
}
