// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

/**
 * Where a producer puts items; full batches go to the writers by themselves. Confined to the
 * producer's thread.
 */
public interface BatchFiller {

  /** Adds a put; waits while all writers are busy. */
  void put(byte[] item, int offset, int length, int itemSize) throws InterruptedException;

  /** Adds a delete by key, given as a JSON object of key attributes. */
  void delete(byte[] key, int offset, int length) throws InterruptedException;

  /**
   * Sends what is left and calls back, from any thread, when everything that was added since the
   * last call has been settled.
   */
  void settle(Runnable settled) throws InterruptedException;
}
