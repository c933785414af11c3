// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import java.io.OutputStream;

/**
 * An object being written as a stream. Exactly one of {@link #commit} and {@link #close} without
 * commit ends it; closing without a commit discards everything written, and so does a write that
 * failed. Not safe for several threads. A killed process leaves no visible object; a store may keep
 * an unfinished upload, which {@link ObjectStore#listUnfinished} shows and {@code gc} removes.
 *
 * <p>Like {@link ObjectDownload} it fails with {@code DynavaultException} alone.
 */
public abstract class ObjectUpload extends OutputStream {

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  @Override
  public abstract void write(byte[] bytes, int offset, int length);

  /** Does nothing: only {@link #commit} makes bytes durable. */
  @Override
  public void flush() {}

  /**
   * Makes the object visible, whole and durable. On failure nothing is visible, unless the code is
   * {@code OUTCOME_UNKNOWN}.
   */
  public abstract ObjectInfo commit();

  /** Ends the upload; discards it unless it was committed. Never throws. */
  @Override
  public abstract void close();
}
