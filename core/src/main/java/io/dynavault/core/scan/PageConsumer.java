// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.scan;

import io.dynavault.format.item.ScanPage;

/** Takes the pages of a segment in their order. */
@FunctionalInterface
public interface PageConsumer {

  /**
   * Takes one page, checked and whole. Page and bytes are valid during the call only.
   *
   * @param page where the items stand in the bytes
   * @param bytes the answer
   * @throws InterruptedException if interrupted while storing the items
   */
  void page(ScanPage page, byte[] bytes) throws InterruptedException;
}
