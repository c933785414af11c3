// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import io.dynavault.format.item.Item;

/** Decides about items by what is in them. Implementations are immutable. */
@FunctionalInterface
public interface ItemFilter {

  /** Whether the item is chosen. */
  boolean matches(Item item);
}
