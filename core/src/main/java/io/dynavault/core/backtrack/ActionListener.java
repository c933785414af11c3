// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

/** Is told of every item that is not what it is to become. Called by one thread at a time. */
@FunctionalInterface
public interface ActionListener {
  void action(ItemAction action);
}
