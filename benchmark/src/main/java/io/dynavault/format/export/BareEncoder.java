// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A codec without the data file around it. It is in the package of the codecs, because nobody but a
 * benchmark has a use for one alone.
 */
public final class BareEncoder {
  private BareEncoder() {}

  /** Compresses all chunks into nothing. */
  public static void run(Codec codec, Iterable<byte[]> chunks) throws IOException {
    try (Encoder encoder = codec.encoder(OutputStream.nullOutputStream())) {
      for (byte[] chunk : chunks) {
        encoder.write(chunk, 0, chunk.length);
      }
      encoder.finish();
    }
  }
}
