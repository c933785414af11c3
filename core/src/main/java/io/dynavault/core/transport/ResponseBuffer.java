// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;

/** A reusable buffer that holds one whole answer. Confined to one thread. */
public final class ResponseBuffer {
  /**
   * No answer is longer: a page holds 1 MB of items, and the JSON of an item of control characters
   * is six times its size.
   */
  static final int MAX_LENGTH = 64 * 1024 * 1024;

  /** Pages of a table differ a little: the first one's buffer serves for most that follow. */
  private static final int STEP = 256 * 1024;

  /** An attribute's name has up to 64 KB, more than parsers take unless they are told. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(MAX_LENGTH)
                  .maxStringLength(MAX_LENGTH)
                  .build())
          .build();

  private byte[] bytes;
  private int length;
  private Optional<String> date = Optional.empty();

  public ResponseBuffer() {
    this(64 * 1024);
  }

  public ResponseBuffer(int initialCapacity) {
    bytes = new byte[initialCapacity];
  }

  /** The bytes of the answer are the first {@link #length()} of this array. */
  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** A parser of the answer, which has to be JSON. */
  public JsonParser parser() throws IOException {
    return JSON.createParser(bytes, 0, length);
  }

  /**
   * When the server answered by its own clock, in whole seconds, rounded down; empty if it did not
   * say.
   */
  public Optional<Instant> serverTime() {
    try {
      return date.map(DateTimeFormatter.RFC_1123_DATE_TIME::parse).map(Instant::from);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Keeps the {@code Date} header of the answer. */
  void answeredAt(Optional<String> newDate) {
    date = newDate;
  }

  /**
   * Replaces the content by the whole stream.
   *
   * @param sizeHint length that was announced, which saves growing; -1 is unknown
   * @throws IOException also if the stream is longer than any answer can be
   */
  public void fill(InputStream in, long sizeHint) throws IOException {
    length = 0;
    date = Optional.empty();
    if (sizeHint > MAX_LENGTH) {
      throw tooLong();
    }
    if (sizeHint > bytes.length) {
      bytes = new byte[capacity((int) sizeHint)];
    }
    while (true) {
      if (length == bytes.length) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        grow();
        bytes[length++] = (byte) next;
      }
      int read = in.read(bytes, length, bytes.length - length);
      if (read < 0) {
        return;
      }
      length += read;
    }
  }

  private static int capacity(int needed) {
    return needed <= STEP ? needed : (needed + STEP - 1) / STEP * STEP;
  }

  private void grow() throws IOException {
    if (length >= MAX_LENGTH) {
      throw tooLong();
    }
    bytes = Arrays.copyOf(bytes, Math.min(Math.max(length * 2, 1024), MAX_LENGTH));
  }

  private static IOException tooLong() {
    return new IOException("the answer is longer than " + MAX_LENGTH + " bytes");
  }
}
