// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.Value;
import java.util.Base64;
import java.util.Map;

/** Values of key attributes as key conditions write them, and the errors about them. */
final class KeyText {
  private static final String HINT =
      "write it as pk=value, pk=value,sk>=value or as DynamoDB JSON {\"pk\":{\"S\":\"value\"}};"
          + " quote values that contain commas";

  private KeyText() {}

  /** The value that the text stands for, in the form that {@link KeyReader} gives it. */
  static Value value(KeyAttribute attribute, String text) {
    return switch (attribute.type()) {
      case S -> canonical(attribute, new Value.S(text));
      case N -> canonical(attribute, new Value.N(text.strip()));
      case B -> canonical(attribute, new Value.B(bytes(attribute, text)));
    };
  }

  /** Checks the value as one of a key and puts a number in its canonical form. */
  static Value canonical(KeyAttribute attribute, Value value) {
    try {
      return new KeyReader(KeySchema.of(attribute))
          .read(new Item(Map.of(attribute.name(), value)))
          .partition();
    } catch (FormatException e) {
      throw fault(
          "the value for key attribute '%s' is not one of type %s or is empty"
              .formatted(attribute.name(), attribute.type()));
    }
  }

  static DynavaultException fault(String reason) {
    return new DynavaultException(
        ErrorCode.FILTER_INVALID, "unable to read the key condition: " + reason, HINT);
  }

  private static byte[] bytes(KeyAttribute attribute, String text) {
    try {
      return Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw fault("the value for key attribute '%s' is not Base64".formatted(attribute.name()));
    }
  }
}
