// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.change.ChangeReader;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import io.dynavault.format.item.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key attributes of a table as its changes tell them, where no record does. Which of two is the
 * partition key they do not say, and nobody who tells keys apart has to know.
 */
final class ChangedKeys {
  private ChangedKeys() {}

  /** Those of the first change; empty where nothing has changed in any of the windows. */
  static Optional<KeySchema> of(List<ExportContent> windows) {
    for (ExportContent window : windows) {
      for (ExportFile file : window.export().files()) {
        if (file.dataFile().itemCount() > 0) {
          return Optional.of(window.firstChange(file, ChangedKeys::schema));
        }
      }
    }
    return Optional.empty();
  }

  private static KeySchema schema(ChangeReader change) {
    byte[] json = new byte[change.keys().length()];
    System.arraycopy(change.array(), change.keys().offset(), json, 0, json.length);
    Item item = DynamoDbJson.decode(json);
    List<KeyAttribute> attributes = new ArrayList<>();
    for (Map.Entry<String, Value> entry : item.attributes().entrySet()) {
      attributes.add(new KeyAttribute(entry.getKey(), type(entry.getValue())));
    }
    return switch (attributes.size()) {
      case 1 -> KeySchema.of(attributes.get(0));
      case 2 -> KeySchema.of(attributes.get(0), attributes.get(1));
      default -> throw noKey("has " + attributes.size() + " attributes");
    };
  }

  private static ScalarType type(Value value) {
    if (value instanceof Value.S) {
      return ScalarType.S;
    }
    if (value instanceof Value.N) {
      return ScalarType.N;
    }
    if (value instanceof Value.B) {
      return ScalarType.B;
    }
    throw noKey("has an attribute that no key has");
  }

  private static DynavaultException noKey(String what) {
    return new DynavaultException(
        ErrorCode.DAMAGED, "unable to read an export: the key of a change " + what);
  }
}
