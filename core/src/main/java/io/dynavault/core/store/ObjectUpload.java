// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import java.io.OutputStream;

/**
 * An object being written as a stream. Exactly one of {@link #commit} and {@link #close} without
 * commit ends it; closing without a commit discards everything written. Not safe for several
 * threads. A killed process leaves no visible object; a store may keep an unfinished upload, which
 * {@code gc} removes.
 */
public abstract class ObjectUpload extends OutputStream {

  /** Makes the object visible, whole and durable. On failure nothing is visible. */
  public abstract ObjectInfo commit();

  /** Ends the upload; discards it unless it was committed. Never throws. */
  @Override
  public abstract void close();
}
