// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The head of a change in a temporary file; the texts of the key and of both images follow it.
 *
 * @param commit and {@code line}: the order of changes
 * @param micros the change's time
 * @param expired whether DynamoDB removed the item because it had expired
 * @param oldLength bytes of the image before; {@value #NONE} if there is none
 * @param newLength bytes of the image after; {@value #NONE} if there is none
 */
record SpooledChange(
    long commit,
    long line,
    long micros,
    boolean expired,
    int keyLength,
    int oldLength,
    int newLength) {
  static final int NONE = -1;
  static final int BYTES = 3 * Long.BYTES + 1 + 3 * Integer.BYTES;

  void write(DataOutputStream out) throws IOException {
    out.writeLong(commit);
    out.writeLong(line);
    out.writeLong(micros);
    out.writeBoolean(expired);
    out.writeInt(keyLength);
    out.writeInt(oldLength);
    out.writeInt(newLength);
  }

  /** The next head, or null at the end. */
  static @Nullable SpooledChange read(DataInputStream in) throws IOException {
    long commit;
    try {
      commit = in.readLong();
    } catch (EOFException e) {
      return null;
    }
    return new SpooledChange(
        commit,
        in.readLong(),
        in.readLong(),
        in.readBoolean(),
        in.readInt(),
        in.readInt(),
        in.readInt());
  }

  /** Bytes of the key and the images. */
  long textBytes() {
    return (long) keyLength + Math.max(0, oldLength) + Math.max(0, newLength);
  }

  boolean isBefore(SpooledChange other) {
    return commit != other.commit ? commit < other.commit : line < other.line;
  }
}
