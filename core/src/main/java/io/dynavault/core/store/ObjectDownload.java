// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import java.io.InputStream;

/**
 * An object being read as a stream. Reading and closing fail with {@link
 * io.dynavault.core.error.DynavaultException} alone, never with an {@code IOException}, so that a
 * decoder on top can tell a failing store from damaged content. Not safe for several threads.
 */
public abstract class ObjectDownload extends InputStream {

  /** The object that is read: its whole size, also for a range, and the version of these bytes. */
  public abstract ObjectInfo info();

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] buffer, int offset, int length);

  @Override
  public abstract void close();
}
