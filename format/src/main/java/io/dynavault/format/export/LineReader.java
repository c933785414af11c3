// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import io.dynavault.format.FormatException;
import java.io.IOException;

/** Cuts a decoder's bytes into lines inside one reused buffer that grows up to a bound. */
final class LineReader {
  /** Enough for a change file of ten quiet seconds, of which a chain has millions. */
  private static final int FIRST_BUFFER = 8 * 1024;

  private static final int USUAL_BUFFER = 256 * 1024;

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
    byte[] target = limit == buffer.length ? larger() : buffer;
    System.arraycopy(buffer, next, target, 0, limit - next);
    buffer = target;
    limit -= next;
    next = 0;
    int count = decoder.read(buffer, limit, buffer.length - limit);
    if (count < 0) {
      ended = true;
    } else {
      limit += count;
    }
  }

  /** The buffer is full: with what is large, or with a long line, or with lines that are over. */
  private byte[] larger() {
    if (buffer.length < USUAL_BUFFER) {
      return new byte[Math.min(USUAL_BUFFER, maxLine + 1)];
    }
    return next > 0 ? buffer : new byte[(int) Math.min(buffer.length * 2L, maxLine + 1L)];
  }

  private FormatException tooLong() {
    return new FormatException("line %d is longer than %d bytes".formatted(lines + 1, maxLine));
  }
}
