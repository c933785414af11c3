// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.stream.Collectors.toMap;

import io.dynavault.core.json.JsonFields;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.ScalarType;
import java.util.List;
import java.util.Map;

/**
 * The attribute definitions of a table in JSON, by name: key schemas there name attributes only.
 */
final class AttributeTypes {
  private final List<KeyAttribute> all;
  private final Map<String, KeyAttribute> byName;

  private AttributeTypes(List<KeyAttribute> all) {
    this.all = all;
    this.byName = all.stream().collect(toMap(KeyAttribute::name, a -> a, (first, second) -> first));
  }

  static AttributeTypes read(JsonFields table) {
    return new AttributeTypes(
        table.objects("attributeDefinitions").stream()
            .map(AttributeTypes::readDefinition)
            .toList());
  }

  private static KeyAttribute readDefinition(JsonFields definition) {
    String name = definition.text("attributeName");
    if (name.isEmpty()) {
      throw definition.invalid("attributeName", "is empty");
    }
    return new KeyAttribute(name, definition.constant("attributeType", ScalarType.class));
  }

  List<KeyAttribute> all() {
    return all;
  }

  KeyAttribute keyAttribute(JsonFields element, String field) {
    KeyAttribute attribute = byName.get(element.text(field));
    if (attribute == null) {
      throw element.invalid(field, "is not among the attribute definitions");
    }
    return attribute;
  }
}
