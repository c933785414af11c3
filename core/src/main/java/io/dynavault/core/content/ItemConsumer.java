// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

/** Takes items one by one. */
@FunctionalInterface
public interface ItemConsumer {

  /**
   * Takes the item that stands, as DynamoDB JSON, in these bytes; valid during the call only.
   *
   * @param itemSize its size as DynamoDB counts it
   */
  void item(byte[] json, int offset, int length, int itemSize) throws InterruptedException;
}
