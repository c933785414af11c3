// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.IOException;
import java.io.OutputStream;

/** The stored bytes of a data file on their way from the encoder to the sink: digested. */
final class StoredOutput extends OutputStream {
  private final OutputStream sink;
  private final StoredDigest digest = new StoredDigest();

  StoredOutput(OutputStream sink) {
    this.sink = sink;
  }

  StoredDigest digest() {
    return digest;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    sink.write(bytes, offset, length);
    digest.update(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    sink.flush();
  }
}
