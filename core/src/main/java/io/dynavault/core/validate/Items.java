// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.validate;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemDecision;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyReader;

/** Decodes items and says which of them count. */
record Items(KeyReader keys, ItemSelection selection) {

  boolean isSelected(byte[] json, int offset, int length) {
    return selection.isEverything() || isSelected(decode(json, offset, length));
  }

  boolean isSelected(Item item) {
    return selection.decide(() -> keys.read(item), () -> item) == ItemDecision.SELECTED;
  }

  static Item decode(byte[] json, int offset, int length) {
    try {
      return DynamoDbJson.decode(json, offset, length);
    } catch (FormatException e) {
      throw new DynavaultException(
          ErrorCode.DAMAGED, "unable to compare an item: " + e.getMessage(), e);
    }
  }
}
