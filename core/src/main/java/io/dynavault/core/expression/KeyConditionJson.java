// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads key conditions that are written as an item of key attributes in DynamoDB JSON. */
final class KeyConditionJson {
  private KeyConditionJson() {}

  static KeyCondition parse(String json, KeySchema schema) {
    Item item;
    try {
      item = DynamoDbJson.decode(json.getBytes(UTF_8));
    } catch (FormatException e) {
      throw KeyText.fault("it is not DynamoDB JSON: " + e.getMessage());
    }
    Set<String> keys =
        Stream.concat(Stream.of(schema.partitionKey()), schema.sortKey().stream())
            .map(KeyAttribute::name)
            .collect(Collectors.toSet());
    for (String name : item.attributes().keySet()) {
      if (!keys.contains(name)) {
        throw KeyText.fault("'" + name + "' is no key attribute of the table");
      }
    }
    if (item.attributes().isEmpty()) {
      throw KeyText.fault("it names no key attribute");
    }
    return new KeyCondition(
        tests(item, Optional.of(schema.partitionKey())), tests(item, schema.sortKey()));
  }

  private static List<KeyTest> tests(Item item, Optional<KeyAttribute> attribute) {
    return attribute.stream()
        .flatMap(key -> item.attribute(key.name()).map(value -> test(key, value)).stream())
        .toList();
  }

  private static KeyTest test(KeyAttribute attribute, Value value) {
    return new KeyTest.Compare(ComparisonOperator.EQUAL, KeyText.canonical(attribute, value));
  }
}
