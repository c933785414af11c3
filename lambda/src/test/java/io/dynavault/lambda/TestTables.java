// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Tables with one key. */
final class TestTables {
  private TestTables() {}

  static void create(DynamoDbClient client, String name, String key) {
    KeySchemaElement schema =
        KeySchemaElement.builder().attributeName(key).keyType(KeyType.HASH).build();
    AttributeDefinition attribute =
        AttributeDefinition.builder()
            .attributeName(key)
            .attributeType(ScalarAttributeType.S)
            .build();
    client.createTable(
        b ->
            b.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(schema)
                .attributeDefinitions(attribute));
  }
}
