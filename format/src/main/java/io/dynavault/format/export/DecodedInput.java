// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.util.Objects.checkFromIndexSize;

import java.io.IOException;
import java.io.InputStream;

/** What a decoder makes of a source, as a stream. */
final class DecodedInput extends InputStream {
  private final InputStream source;
  private final Decoder decoder;

  DecodedInput(InputStream source, Decoder decoder) {
    this.source = source;
    this.decoder = decoder;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    checkFromIndexSize(offset, length, target.length);
    return length == 0 ? 0 : decoder.read(target, offset, length);
  }

  @Override
  public void close() throws IOException {
    try (source) {
      decoder.close();
    }
  }
}
