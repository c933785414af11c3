// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import io.dynavault.format.FormatException;
import java.io.IOException;
import java.util.Arrays;

/** Cuts a decoder's bytes into lines inside one reused buffer that grows up to a bound. */
final class LineReader {
  private static final int FIRST_BUFFER = 256 * 1024;

  private final Decoder decoder;
  private final int maxLine;
  private byte[] buffer;
  private int lineStart;
  private int lineEnd;
  private int next;
  private int limit;
  private boolean ended;
  private long lines;
  private long rawBytes;

  LineReader(Decoder decoder, int maxLine) {
    this.decoder = decoder;
    this.maxLine = maxLine;
    this.buffer = new byte[Math.min(FIRST_BUFFER, maxLine + 1)];
  }

  /** Moves to the next line. A last line without a line feed counts. */
  boolean next() throws IOException {
    int searched = next;
    while (true) {
      int found = LineBreaks.indexOf(buffer, searched, limit);
      if (found >= 0) {
        return line(found, found + 1);
      }
      if (ended) {
        return next < limit && line(limit, limit);
      }
      int pending = limit - next;
      if (pending > maxLine) {
        throw tooLong();
      }
      fill();
      searched = next + pending;
    }
  }

  byte[] array() {
    return buffer;
  }

  /** First byte of the line. */
  int start() {
    return lineStart;
  }

  /** Position after the last byte of the line, its line feed not counted. */
  int end() {
    return lineEnd;
  }

  /** Lines read so far; the number of the current line, counted from 1. */
  long lines() {
    return lines;
  }

  /** Decompressed bytes of the lines read so far, line feeds included. */
  long rawBytes() {
    return rawBytes;
  }

  private boolean line(int end, int following) {
    if (end - next > maxLine) {
      throw tooLong();
    }
    lineStart = next;
    lineEnd = end;
    next = following;
    lines++;
    rawBytes += following - lineStart;
    return true;
  }

  private void fill() throws IOException {
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, limit - next);
      limit -= next;
      next = 0;
    } else if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, maxLine + 1L));
    }
    int count = decoder.read(buffer, limit, buffer.length - limit);
    if (count < 0) {
      ended = true;
    } else {
      limit += count;
    }
  }

  private FormatException tooLong() {
    return new FormatException("line %d is longer than %d bytes".formatted(lines + 1, maxLine));
  }
}
