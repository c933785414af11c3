// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.IOException;
import java.io.OutputStream;

/** Stores lines as they are. */
final class PlainEncoder implements Encoder {
  private final OutputStream sink;

  PlainEncoder(OutputStream sink) {
    this.sink = sink;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    sink.write(bytes, offset, length);
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}
}
