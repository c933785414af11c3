// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.IOException;

/** Compresses a data file into a sink that it does not close. Not safe for several threads. */
interface Encoder extends AutoCloseable {

  /** Takes the next bytes; they may be reused by the caller on return. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Writes what is left and the trailer. Nothing may be written afterwards. */
  void finish() throws IOException;

  /** Frees memory outside the heap; without {@link #finish} the file stays incomplete. */
  @Override
  void close();
}
