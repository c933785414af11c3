// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import io.dynavault.format.item.KeyAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;

/** Turns a definition into the request that creates the table. */
public final class CreateTableRequests {
  private CreateTableRequests() {}

  /** Keys, indexes, capacity, encryption and class; nothing else of the settings. */
  public static CreateTableRequest of(TableDefinition table) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(table.tableName())
            .attributeDefinitions(
                table.usedAttributes().stream().map(CreateTableRequests::attribute).toList())
            .keySchema(
                keySchema(
                    List.of(table.keySchema().partitionKey()),
                    table.keySchema().sortKey().stream().toList()))
            .billingMode(table.billingMode().name());
    table.throughput().ifPresent(units -> request.provisionedThroughput(provisioned(units)));
    table.onDemandThroughput().ifPresent(units -> request.onDemandThroughput(onDemand(units)));
    if (!table.localSecondaryIndexes().isEmpty()) { // AWS refuses empty lists
      request.localSecondaryIndexes(
          table.localSecondaryIndexes().stream().map(CreateTableRequests::localIndex).toList());
    }
    if (!table.globalSecondaryIndexes().isEmpty()) {
      request.globalSecondaryIndexes(
          table.globalSecondaryIndexes().stream().map(CreateTableRequests::globalIndex).toList());
    }
    encryption(table.settings()).ifPresent(request::sseSpecification);
    table.settings().tableClass().ifPresent(request::tableClass);
    return request.build();
  }

  private static AttributeDefinition attribute(KeyAttribute attribute) {
    return AttributeDefinition.builder()
        .attributeName(attribute.name())
        .attributeType(attribute.type().name())
        .build();
  }

  private static List<KeySchemaElement> keySchema(
      List<KeyAttribute> partitionKey, List<KeyAttribute> sortKey) {
    List<KeySchemaElement> elements = new ArrayList<>();
    partitionKey.forEach(attribute -> elements.add(element(attribute, KeyType.HASH)));
    sortKey.forEach(attribute -> elements.add(element(attribute, KeyType.RANGE)));
    return elements;
  }

  private static KeySchemaElement element(KeyAttribute attribute, KeyType type) {
    return KeySchemaElement.builder().attributeName(attribute.name()).keyType(type).build();
  }

  private static List<KeySchemaElement> keySchema(SecondaryIndex index) {
    return keySchema(index.keySchema().partitionKey(), index.keySchema().sortKey());
  }

  private static LocalSecondaryIndex localIndex(SecondaryIndex index) {
    return LocalSecondaryIndex.builder()
        .indexName(index.indexName())
        .keySchema(keySchema(index))
        .projection(projection(index.projection()))
        .build();
  }

  private static GlobalSecondaryIndex globalIndex(SecondaryIndex index) {
    GlobalSecondaryIndex.Builder request =
        GlobalSecondaryIndex.builder()
            .indexName(index.indexName())
            .keySchema(keySchema(index))
            .projection(projection(index.projection()));
    index.throughput().ifPresent(units -> request.provisionedThroughput(provisioned(units)));
    index.onDemandThroughput().ifPresent(units -> request.onDemandThroughput(onDemand(units)));
    return request.build();
  }

  private static software.amazon.awssdk.services.dynamodb.model.Projection projection(
      Projection projection) {
    var request =
        software.amazon.awssdk.services.dynamodb.model.Projection.builder()
            .projectionType(projection.type());
    if (!projection.nonKeyAttributes().isEmpty()) {
      request.nonKeyAttributes(projection.nonKeyAttributes());
    }
    return request.build();
  }

  private static ProvisionedThroughput provisioned(Throughput units) {
    return ProvisionedThroughput.builder()
        .readCapacityUnits(units.readCapacityUnits())
        .writeCapacityUnits(units.writeCapacityUnits())
        .build();
  }

  private static software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput onDemand(
      OnDemandThroughput units) {
    return software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput.builder()
        .maxReadRequestUnits(orNull(units.maxReadRequestUnits()))
        .maxWriteRequestUnits(orNull(units.maxWriteRequestUnits()))
        .build();
  }

  private static @Nullable Long orNull(OptionalLong units) {
    return units.isPresent() ? Long.valueOf(units.getAsLong()) : null;
  }

  private static Optional<SSESpecification> encryption(TableSettings settings) {
    return settings
        .sseType()
        .map(
            type ->
                SSESpecification.builder()
                    .enabled(true)
                    .sseType(type)
                    .kmsMasterKeyId(settings.kmsMasterKeyArn().orElse(null))
                    .build());
  }
}
