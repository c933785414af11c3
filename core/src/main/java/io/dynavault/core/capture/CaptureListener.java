// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import io.dynavault.format.item.StreamPage;

/** Hears what happens while a table is captured, from one thread at a time. */
@FunctionalInterface
public interface CaptureListener {

  void heard(String tableName, CaptureEvent event);

  /**
   * A record of the stream was read. It is safe with the next commit that is heard of; if a chain
   * is begun or resumed before that, it is read again.
   *
   * @param page good only during the call
   */
  default void read(StreamPage page, int index) {}
}
