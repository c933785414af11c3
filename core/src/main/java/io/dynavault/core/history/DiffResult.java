// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

/**
 * How two states of a table differ.
 *
 * @param same items that both have, equal; of those that keys choose, whatever a filter says
 * @param added items that only the second has
 * @param removed items that only the first has
 * @param changed items of the same key with other attributes
 */
public record DiffResult(long same, long added, long removed, long changed) {
  public boolean identical() {
    return added == 0 && removed == 0 && changed == 0;
  }
}
