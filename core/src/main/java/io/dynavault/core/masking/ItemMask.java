// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.masking;

import io.dynavault.format.item.Item;
import io.dynavault.format.item.Value;
import java.util.List;

/** Masks the items of one table. Immutable. */
public final class ItemMask {
  private final List<MaskingRule> rules;

  ItemMask(List<MaskingRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** The item after all rules, each applied to what the one before has left. */
  public Item apply(Item item) {
    Value.M attributes = new Value.M(item.attributes());
    for (MaskingRule rule : rules) {
      attributes = rule.apply(attributes);
    }
    return new Item(attributes.entries());
  }
}
