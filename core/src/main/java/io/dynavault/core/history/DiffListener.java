// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

/** Is told of every item that differs, in the order of keys. */
@FunctionalInterface
public interface DiffListener {
  void difference(ItemDifference difference) throws InterruptedException;
}
