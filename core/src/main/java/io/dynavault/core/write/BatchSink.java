// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

/** Sends batches to a table. Safe for several threads, each with batches of its own. */
public interface BatchSink {

  /**
   * Sends every request of the batch and returns when each was written, skipped, or reported as
   * failed.
   *
   * @throws io.dynavault.core.error.DynavaultException when no request can get through: throttled
   *     for too long, access denied, table gone
   */
  void write(WriteBatch batch) throws InterruptedException;
}
