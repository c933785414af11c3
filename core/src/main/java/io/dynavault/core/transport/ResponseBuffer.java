// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A reusable buffer that holds one whole answer. Confined to one thread. */
public final class ResponseBuffer {
  private byte[] bytes;
  private int length;

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

  /** Replaces the content by the whole stream; {@code sizeHint} saves growing, -1 is unknown. */
  public void fill(InputStream in, int sizeHint) throws IOException {
    length = 0;
    if (sizeHint > bytes.length) {
      bytes = new byte[sizeHint];
    }
    while (true) {
      if (length == bytes.length) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        bytes = Arrays.copyOf(bytes, Math.max(length * 2, 1024));
        bytes[length++] = (byte) next;
        continue;
      }
      int read = in.read(bytes, length, bytes.length - length);
      if (read < 0) {
        return;
      }
      length += read;
    }
  }
}
