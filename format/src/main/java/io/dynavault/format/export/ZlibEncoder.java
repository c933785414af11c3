// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * One gzip member (RFC 1952) by the JDK's zlib, for those who ask for a level, with the header of
 * AWS's files: no name, time 0, no extra flags at any level, operating system unknown.
 */
final class ZlibEncoder implements Encoder {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final OutputStream sink;
  private final Deflater deflater;
  private final CRC32 crc = new CRC32();
  private final byte[] compressed = new byte[64 * 1024];
  private boolean begun;

  ZlibEncoder(OutputStream sink, int level) {
    this.sink = sink;
    this.deflater = new Deflater(level, true);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    begin();
    crc.update(bytes, offset, length);
    deflater.setInput(bytes, offset, length);
    while (!deflater.needsInput()) {
      deflate();
    }
  }

  @Override
  public void finish() throws IOException {
    begin();
    deflater.finish();
    while (!deflater.finished()) {
      deflate();
    }
    byte[] trailer = new byte[8];
    littleEndian((int) crc.getValue(), trailer, 0);
    littleEndian((int) deflater.getBytesRead(), trailer, 4);
    sink.write(trailer, 0, trailer.length);
  }

  @Override
  public void close() {
    deflater.end();
  }

  private void begin() throws IOException {
    if (!begun) {
      begun = true;
      sink.write(HEADER, 0, HEADER.length);
    }
  }

  private void deflate() throws IOException {
    int length = deflater.deflate(compressed, 0, compressed.length);
    if (length > 0) {
      sink.write(compressed, 0, length);
    }
  }

  private static void littleEndian(int value, byte[] target, int offset) {
    for (int i = 0; i < 4; i++) {
      target[offset + i] = (byte) (value >>> (8 * i));
    }
  }
}
