// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** How data files are compressed (AWS: InputCompressionType). */
public enum Compression {
  GZIP(".gz", 1, 9) {
    @Override
    Encoder encoder(OutputStream sink, int level) {
      return new GzipEncoder(sink, level);
    }

    @Override
    Decoder decoder(StoredInput stored) {
      return new GzipDecoder(stored);
    }
  },
  ZSTD(".zst", 1, 19) {
    @Override
    Encoder encoder(OutputStream sink, int level) throws IOException {
      return new ZstdEncoder(sink, level);
    }

    @Override
    Decoder decoder(StoredInput stored) throws IOException {
      return ZstdDecoder.open(stored);
    }
  },
  NONE("", 1, 1) {
    @Override
    Encoder encoder(OutputStream sink, int level) {
      return new PlainEncoder(sink);
    }

    @Override
    Decoder decoder(StoredInput stored) throws IOException {
      return PlainDecoder.open(stored);
    }
  };

  private final String suffix;
  private final int fastest;
  private final int strongest;

  Compression(String suffix, int fastest, int strongest) {
    this.suffix = suffix;
    this.fastest = fastest;
    this.strongest = strongest;
  }

  /** The compression that a data file's name tells by its end; no known end is NONE. */
  public static Compression ofFileName(String name) {
    if (name.endsWith(GZIP.suffix)) {
      return GZIP;
    }
    return name.endsWith(ZSTD.suffix) || name.endsWith(".zstd") ? ZSTD : NONE;
  }

  /**
   * The content of a whole compressed file as a stream; its damage is a {@link
   * io.dynavault.format.FormatException}, as is content after its end. The source is closed with
   * it.
   */
  public InputStream decompress(InputStream source) throws IOException {
    StoredInput stored = new StoredInput(source);
    return new DecodedInput(source, decoder(stored));
  }

  /** What the file name ends in after {@code .json} or {@code .ion}. */
  public String suffix() {
    return suffix;
  }

  /** The level used unless another is asked for: the fastest, because the table is waiting. */
  public int defaultLevel() {
    return fastest;
  }

  /** The level that makes the smallest files. */
  public int strongestLevel() {
    return strongest;
  }

  /** The level itself, or IllegalArgumentException when this compression does not have it. */
  int checkedLevel(int level) {
    if (level < fastest || level > strongest) {
      throw new IllegalArgumentException(
          "level %d of %s is not between %d and %d".formatted(level, this, fastest, strongest));
    }
    return level;
  }

  abstract Encoder encoder(OutputStream sink, int level) throws IOException;

  abstract Decoder decoder(StoredInput stored) throws IOException;
}
