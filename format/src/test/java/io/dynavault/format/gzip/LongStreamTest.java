// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/**
 * A stream longer than its numbers: positions wrap at 64 KiB, the size in the trailer at 4 GiB. In
 * the build it is short; {@code -Dgzip.mebibytes=2100} and {@code -Dgzip.mebibytes=4200} pass 2 and
 * 4 GiB, in about a minute.
 */
class LongStreamTest {
  private static final long LENGTH = Long.getLong("gzip.mebibytes", 64) << 20;

  @Test
  void isReadBackByteByByte() throws Exception {
    Comparing sink = new Comparing();
    Texts written = new Texts();
    try (FastGzipOutputStream gzip = new FastGzipOutputStream(sink)) {
      for (long position = 0; position < LENGTH; position += Texts.CHUNK) {
        gzip.write(written.next());
      }
    }
    assertThat(sink.length).isEqualTo(LENGTH);
    assertThat(sink.trailerCrc()).isEqualTo((int) sink.crc.getValue());
    assertThat(sink.trailerSize()).isEqualTo((int) LENGTH);
  }

  /** Chunks that compress well, and badly, and all differ. */
  private static final class Texts {
    static final int CHUNK = 1 << 20;
    private final byte[] chunk = new byte[CHUNK];
    private long count;

    Texts() {
      new Random(9).nextBytes(chunk);
      byte[] line =
          "{\"Item\":{\"pk\":{\"S\":\"order#".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      for (int i = 0; i < CHUNK - 64; i += 64) {
        if (i % 65_536 < 60_000) {
          System.arraycopy(line, 0, chunk, i, line.length);
          Arrays.fill(chunk, i + line.length + 8, i + 64, (byte) '0');
        }
      }
    }

    byte[] next() {
      count++;
      for (int i = 40; i < CHUNK; i += 1_024) {
        LittleEndian.putLong(chunk, i, count * 0x9e37_79b9_7f4a_7c15L + i);
      }
      return chunk;
    }
  }

  /** Inflates what it is given and compares it with the same texts. */
  private static final class Comparing extends OutputStream {
    private final Inflater inflater = new Inflater(true);
    private final Texts expected = new Texts();
    private final CRC32 crc = new CRC32();
    private final byte[] inflated = new byte[Texts.CHUNK];
    private byte[] trailer = {};
    private int fill;
    private int header = 10;
    private long length;

    @Override
    public void write(int b) {
      throw new AssertionError("written byte by byte");
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      int skipped = Math.min(header, count);
      header -= skipped;
      inflater.setInput(bytes, offset + skipped, count - skipped);
      try {
        while (!inflater.needsInput() && !inflater.finished()) {
          fill += inflater.inflate(inflated, fill, inflated.length - fill);
          if (fill == inflated.length) {
            compare();
          }
        }
      } catch (DataFormatException e) {
        throw new IOException("after " + length + " bytes", e);
      }
      if (inflater.finished()) {
        int end = offset + count;
        trailer = Arrays.copyOfRange(bytes, end - inflater.getRemaining(), end);
      }
    }

    private void compare() {
      crc.update(inflated);
      if (!Arrays.equals(inflated, expected.next())) {
        throw new AssertionError("differs after " + length + " bytes");
      }
      length += fill;
      fill = 0;
    }

    int trailerCrc() {
      return LittleEndian.getInt(trailer, 0);
    }

    int trailerSize() {
      return LittleEndian.getInt(trailer, 4);
    }

    @Override
    public void close() {
      assertThat(trailer).hasSize(8);
      assertThat(fill).isZero();
      inflater.end();
    }
  }
}
