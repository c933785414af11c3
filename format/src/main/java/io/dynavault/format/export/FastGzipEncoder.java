// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import io.dynavault.format.gzip.FastGzipOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** One gzip member by our own encoder: the default. */
final class FastGzipEncoder implements Encoder {
  private final FastGzipOutputStream gzip;

  FastGzipEncoder(OutputStream sink) {
    this.gzip = new FastGzipOutputStream(sink);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    gzip.write(bytes, offset, length);
  }

  @Override
  public void finish() throws IOException {
    gzip.finish();
  }

  /** Nothing is held outside the heap, and closing the stream would complete an aborted file. */
  @Override
  public void close() {}
}
