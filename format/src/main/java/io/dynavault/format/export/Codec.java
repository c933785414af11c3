// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * A compression and how hard it tries; as text {@code gzip} or {@code gzip:6}.
 *
 * @param level one that the compression has; empty is its fastest way, which for gzip is our own
 *     encoder, while each of its levels is that of zlib
 */
public record Codec(Compression compression, OptionalInt level) {
  public Codec {
    requireNonNull(compression, "compression is null");
    requireNonNull(level, "level is null");
    if (level.isPresent()) {
      compression.requireLevel(level.getAsInt());
    }
  }

  /** The compression at its fastest, because the table is waiting. */
  public static Codec of(Compression compression) {
    return new Codec(compression, OptionalInt.empty());
  }

  public static Codec of(Compression compression, int level) {
    return new Codec(compression, OptionalInt.of(level));
  }

  /** The codec that {@link #toString} writes so; else IllegalArgumentException with the reason. */
  public static Codec parse(String text) {
    String stripped = text.strip().toLowerCase(Locale.ROOT);
    int colon = stripped.indexOf(':');
    Compression compression = named(colon < 0 ? stripped : stripped.substring(0, colon));
    if (colon < 0) {
      return of(compression);
    }
    String level = stripped.substring(colon + 1);
    if (!level.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("its level is not a whole number");
    }
    return of(compression, Integer.parseInt(level));
  }

  private static Compression named(String name) {
    return Arrays.stream(Compression.values())
        .filter(compression -> compression.word().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it is not one of gzip, zstd, none"));
  }

  Encoder encoder(OutputStream sink) throws IOException {
    return compression.encoder(sink, level);
  }

  @Override
  public String toString() {
    return compression.word() + (level.isPresent() ? ":" + level.getAsInt() : "");
  }
}
