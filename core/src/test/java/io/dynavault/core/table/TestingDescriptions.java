// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** What AWS would answer about the tables of {@link TestingTables}. */
final class TestingDescriptions {
  private TestingDescriptions() {}

  static TableDescription everything() {
    return TableDescription.builder()
        .tableName("orders")
        .tableArn(TestingTables.everything().tableArn())
        .tableId(TestingTables.everything().tableId())
        .tableStatus("ACTIVE")
        .itemCount(1234L)
        .tableSizeBytes(567_890L)
        .attributeDefinitions(
            attribute("customer", "S"),
            attribute("order", "N"),
            attribute("digest", "B"),
            attribute("country", "S"))
        .keySchema(key("customer", "HASH"), key("order", "RANGE"))
        .localSecondaryIndexes(
            LocalSecondaryIndexDescription.builder()
                .indexName("by-digest")
                .indexSizeBytes(1_000L)
                .keySchema(key("customer", "HASH"), key("digest", "RANGE"))
                .projection(p -> p.projectionType("KEYS_ONLY"))
                .build())
        .globalSecondaryIndexes(
            GlobalSecondaryIndexDescription.builder()
                .indexName("by-place")
                .indexSizeBytes(20_000L)
                .indexStatus("ACTIVE")
                .keySchema(key("country", "HASH"), key("customer", "HASH"), key("order", "RANGE"))
                .projection(p -> p.projectionType("INCLUDE").nonKeyAttributes("total", "currency"))
                .provisionedThroughput(u -> u.readCapacityUnits(3L).writeCapacityUnits(4L))
                .build())
        .provisionedThroughput(u -> u.readCapacityUnits(5L).writeCapacityUnits(6L))
        .streamSpecification(s -> s.streamEnabled(true).streamViewType("NEW_AND_OLD_IMAGES"))
        .sseDescription(
            s ->
                s.status("ENABLED")
                    .sseType("KMS")
                    .kmsMasterKeyArn(
                        TestingTables.everything().settings().kmsMasterKeyArn().orElseThrow()))
        .tableClassSummary(c -> c.tableClass("STANDARD_INFREQUENT_ACCESS"))
        .deletionProtectionEnabled(true)
        .build();
  }

  private static AttributeDefinition attribute(String name, String type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement key(String name, String type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
