// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

/** How data files are compressed (AWS: InputCompressionType). */
public enum Compression {
  GZIP(".gz"),
  ZSTD(".zst"),
  NONE("");

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** What the file name ends in after {@code .json} or {@code .ion}. */
  public String suffix() {
    return suffix;
  }
}
