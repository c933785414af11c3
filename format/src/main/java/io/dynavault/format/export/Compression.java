// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.OptionalInt;

/** How data files are compressed (AWS: InputCompressionType). */
public enum Compression {
  GZIP(".gz", 9) {
    @Override
    Encoder encoder(OutputStream sink, OptionalInt level) {
      return level.isPresent()
          ? new ZlibEncoder(sink, level.getAsInt())
          : new FastGzipEncoder(sink);
    }

    @Override
    Decoder decoder(StoredInput stored) {
      return new GzipDecoder(stored);
    }
  },
  ZSTD(".zst", 19) {
    @Override
    Encoder encoder(OutputStream sink, OptionalInt level) throws IOException {
      return new ZstdEncoder(sink, level.orElse(1));
    }

    @Override
    Decoder decoder(StoredInput stored) throws IOException {
      return ZstdDecoder.open(stored);
    }
  },
  NONE("", 0) {
    @Override
    Encoder encoder(OutputStream sink, OptionalInt level) {
      return new PlainEncoder(sink);
    }

    @Override
    Decoder decoder(StoredInput stored) throws IOException {
      return PlainDecoder.open(stored);
    }
  };

  private final String suffix;
  private final int levels;

  /** Levels are counted from 1. */
  Compression(String suffix, int levels) {
    this.suffix = suffix;
    this.levels = levels;
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

  /** How people write it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  void requireLevel(int level) {
    if (levels == 0) {
      throw new IllegalArgumentException("%s has no levels".formatted(word()));
    }
    if (level < 1 || level > levels) {
      throw new IllegalArgumentException(
          "level %d of %s is not between 1 and %d".formatted(level, word(), levels));
    }
  }

  abstract Encoder encoder(OutputStream sink, OptionalInt level) throws IOException;

  abstract Decoder decoder(StoredInput stored) throws IOException;
}
