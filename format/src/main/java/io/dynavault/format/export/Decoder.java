// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.IOException;

/**
 * Decompresses a data file. Bytes that are damaged are a {@link
 * io.dynavault.format.FormatException}; an {@link IOException} comes from the source only and says
 * nothing about the file.
 */
interface Decoder extends AutoCloseable {

  /** Reads at least one byte, or returns -1 when the file has ended as it should. */
  int read(byte[] target, int offset, int length) throws IOException;

  /** Frees memory outside the heap; leaves the source open. */
  @Override
  void close();
}
