// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A codec at its default level without the data file around it. It is in the package of the codecs,
 * because nobody but a benchmark has a use for one alone.
 */
public final class BareEncoder {
  private BareEncoder() {}

  /** Compresses all chunks into nothing. */
  public static void run(Compression compression, Iterable<byte[]> chunks) throws IOException {
    try (Encoder encoder =
        compression.encoder(OutputStream.nullOutputStream(), compression.defaultLevel())) {
      for (byte[] chunk : chunks) {
        encoder.write(chunk, 0, chunk.length);
      }
      encoder.finish();
    }
  }
}
