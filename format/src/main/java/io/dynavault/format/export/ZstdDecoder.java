// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.dynavault.format.FormatException;
import java.io.IOException;

/** Reads Zstandard frames one after the other (RFC 8878). */
final class ZstdDecoder implements Decoder {
  private final StoredInput stored;
  private final ZstdInputStreamNoFinalizer zstd;

  private ZstdDecoder(StoredInput stored) throws IOException {
    this.stored = stored;
    this.zstd = new ZstdInputStreamNoFinalizer(stored);
  }

  static Decoder open(StoredInput stored) throws IOException {
    if (!stored.startsWith(StoredInput.ZSTD_MAGIC)) {
      throw new FormatException("the file is not zstd although its name says so");
    }
    return new ZstdDecoder(stored);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return zstd.read(target, offset, length);
    } catch (IOException e) {
      stored.rethrowFailure();
      throw new FormatException("the zstd data are damaged or cut off: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      zstd.close();
    } catch (IOException e) {
      throw new IllegalStateException("unable to free the zstd decoder", e);
    }
  }
}
