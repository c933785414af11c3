// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

/** Is told of every item that could not be written. Called from several threads. */
@FunctionalInterface
public interface FailureListener {

  /**
   * @param key the item's key as DynamoDB JSON, fit for printing
   * @param reason why, in the server's words
   */
  void failed(String key, String reason);
}
