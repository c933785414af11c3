// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/** A source that serves text and then repeats other text for ever, or fails. */
final class TestingInput extends InputStream {
  private final byte[] start;
  private final byte[] repeated;
  private long position;

  private TestingInput(String start, String repeated) {
    this.start = start.getBytes(UTF_8);
    this.repeated = repeated.getBytes(UTF_8);
  }

  static TestingInput endless(String start, String repeated) {
    return new TestingInput(start, repeated);
  }

  static TestingInput cutAfter(String start) {
    return new TestingInput(start, "");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    for (int i = 0; i < length; i++, position++) {
      if (position >= start.length && repeated.length == 0) {
        if (i > 0) {
          return i;
        }
        throw new IOException("cut");
      }
      buffer[offset + i] =
          position < start.length
              ? start[(int) position]
              : repeated[(int) ((position - start.length) % repeated.length)];
    }
    return length;
  }
}
