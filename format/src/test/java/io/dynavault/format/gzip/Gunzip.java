// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/** Compresses by the encoder under test, reads by the JDK. */
final class Gunzip {
  private Gunzip() {}

  static byte[] compress(byte[] text) {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try (FastGzipOutputStream gzip = new FastGzipOutputStream(sink)) {
      gzip.write(text, 0, text.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sink.toByteArray();
  }

  /** Fails unless these are one whole member of this text, no longer than is promised. */
  static void assertIsGzipOf(byte[] text, byte[] compressed) {
    try (GZIPInputStream gunzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      byte[] read = gunzip.readAllBytes();
      if (!Arrays.equals(read, text)) {
        throw new AssertionError("differs at " + Arrays.mismatch(read, text));
      }
    } catch (IOException e) {
      throw new AssertionError("GZIPInputStream refuses it", e);
    }
    assertEndsWithItsTrailer(compressed);
    assertThat((long) compressed.length).isLessThanOrEqualTo(bound(text.length));
  }

  /** What the documentation of {@link FastGzipOutputStream} promises. */
  static long bound(long length) {
    return length + 18 + 5 * Math.max(1, (length + 65_534) / 65_535);
  }

  /** Because GZIPInputStream would take what follows for another member. */
  private static void assertEndsWithItsTrailer(byte[] compressed) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(compressed, 10, compressed.length - 10);
      byte[] ignored = new byte[64 * 1024];
      while (!inflater.finished()) {
        assertThat(inflater.inflate(ignored) > 0 || inflater.finished()).isTrue();
      }
      assertThat(inflater.getRemaining()).isEqualTo(8);
    } catch (DataFormatException e) {
      throw new AssertionError("Inflater refuses it", e);
    } finally {
      inflater.end();
    }
  }
}
