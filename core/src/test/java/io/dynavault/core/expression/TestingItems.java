// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.Value;

/** Items and values written as DynamoDB JSON with ' for ". */
final class TestingItems {
  private TestingItems() {}

  static Item item(String json) {
    return DynamoDbJson.decode(quoted(json).getBytes(UTF_8));
  }

  static Value value(String json) {
    return DynamoDbJson.decodeValue(quoted(json).getBytes(UTF_8));
  }

  static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
