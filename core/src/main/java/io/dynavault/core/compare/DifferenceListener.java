// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

/** Is told of every difference, one after the other. */
@FunctionalInterface
public interface DifferenceListener {

  /**
   * @param fingerprint of the recovery point's item, or of the table's for an extra one
   * @param keyJson the key's attributes as DynamoDB JSON
   */
  void difference(Difference difference, Fingerprint fingerprint, byte[] keyJson)
      throws InterruptedException;
}
