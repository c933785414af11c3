// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static java.util.Objects.requireNonNull;

/**
 * Items that are read one after the other, such as those of one data file; parts are read side by
 * side.
 *
 * @param name what errors and logs call it
 * @param items hands the part's items to a consumer, and verifies on the way what they come from
 */
public record ContentPart(String name, Items items) {
  public ContentPart {
    requireNonNull(name, "name is null");
    requireNonNull(items, "items is null");
  }

  /** The items of a part. */
  @FunctionalInterface
  public interface Items {
    void read(ItemConsumer consumer) throws InterruptedException;
  }

  /**
   * Reads all items of the part.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code DAMAGED} where a file is not what its
   *     manifest or record says; items may have been handed out by then
   */
  public void read(ItemConsumer consumer) throws InterruptedException {
    items.read(consumer);
  }
}
