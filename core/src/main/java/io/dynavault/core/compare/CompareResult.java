// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

/**
 * How many items of a recovery point and a table are the same.
 *
 * @param same items that both have, equal
 * @param missing items that only the recovery point has
 * @param extra items that only the table has
 * @param different items of the same key with other attributes
 */
public record CompareResult(long same, long missing, long extra, long different) {

  public boolean identical() {
    return missing == 0 && extra == 0 && different == 0;
  }
}
