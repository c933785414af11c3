// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import io.dynavault.format.FormatException;
import java.io.IOException;

/** Reads lines that were stored as they are. */
final class PlainDecoder implements Decoder {
  private final StoredInput stored;

  private PlainDecoder(StoredInput stored) {
    this.stored = stored;
  }

  static Decoder open(StoredInput stored) throws IOException {
    if (stored.startsWith(StoredInput.GZIP_MAGIC)) {
      throw new FormatException("the file is gzip although its name does not end in .gz");
    }
    if (stored.startsWith(StoredInput.ZSTD_MAGIC)) {
      throw new FormatException("the file is zstd although its name does not end in .zst");
    }
    return new PlainDecoder(stored);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return stored.read(target, offset, length);
  }

  @Override
  public void close() {}
}
