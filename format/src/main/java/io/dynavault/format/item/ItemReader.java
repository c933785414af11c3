// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * A file of items that is read one after the other. Memory is bounded by one item, whatever the
 * file says. After an exception a reader is of no further use but to be closed.
 */
public interface ItemReader extends Closeable {
  /**
   * The next item, or empty at the end.
   *
   * @throws IOException if the source cannot be read
   * @throws io.dynavault.format.FormatException if it holds anything else than items; the message
   *     says where and never contains values
   */
  Optional<Item> next() throws IOException;

  /**
   * Where the item stands that {@link #next} returned last, for people: {@code line 7}, or {@code
   * item 7} where lines mean nothing.
   */
  String place();
}
