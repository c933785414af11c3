// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

/** The encoding of the lines of a data file (AWS: ExportFormat, manifest {@code outputFormat}). */
public enum OutputFormat {
  DYNAMODB_JSON(".json"),
  ION(".ion");

  private final String suffix;

  OutputFormat(String suffix) {
    this.suffix = suffix;
  }

  /** What the file name ends in before the compression's suffix. */
  public String suffix() {
    return suffix;
  }

  /** What the file name ends in with this compression, such as {@code .json.gz}. */
  public String suffix(Compression compression) {
    return suffix + compression.suffix();
  }
}
