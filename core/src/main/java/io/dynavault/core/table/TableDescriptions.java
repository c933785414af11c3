// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.stream.Collectors.toMap;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Turns the SDK's description of a table, with its nulls, into ours. */
final class TableDescriptions {
  private TableDescriptions() {}

  static TableSnapshot snapshot(TableDescription table, TableSettings settings) {
    return new TableSnapshot(
        definition(table, settings),
        table.tableStatusAsString(),
        orZero(table.itemCount()),
        orZero(table.tableSizeBytes()),
        table.localSecondaryIndexes().stream()
            .mapToLong(index -> orZero(index.indexSizeBytes()))
            .sum(),
        table.globalSecondaryIndexes().stream()
            .mapToLong(index -> orZero(index.indexSizeBytes()))
            .sum(),
        Optional.ofNullable(table.creationDateTime()));
  }

  static BillingMode billingMode(TableDescription table) {
    ProvisionedThroughputDescription units = table.provisionedThroughput();
    return BillingMode.of(
        BillingMode.stated(table.billingModeSummary()),
        units == null ? null : units.readCapacityUnits(),
        units == null ? null : units.writeCapacityUnits());
  }

  private static TableDefinition definition(TableDescription table, TableSettings settings) {
    BillingMode billingMode = billingMode(table);
    List<KeyAttribute> attributes =
        table.attributeDefinitions().stream().map(TableDescriptions::attribute).toList();
    Map<String, KeyAttribute> byName =
        attributes.stream().collect(toMap(KeyAttribute::name, a -> a));
    IndexKeySchema key = keySchema(table.tableName(), table.keySchema(), byName);
    return new TableDefinition(
        table.tableName(),
        orEmpty(table.tableArn()),
        TableIncarnation.id(table.tableId(), table.tableArn(), table.creationDateTime()),
        new KeySchema(key.partitionKey().get(0), key.sortKey().stream().findFirst()),
        attributes,
        table.localSecondaryIndexes().stream()
            .map(
                index ->
                    new SecondaryIndex(
                        index.indexName(),
                        keySchema(table.tableName(), index.keySchema(), byName),
                        projection(index.projection()),
                        Optional.empty(),
                        Optional.empty()))
            .toList(),
        table.globalSecondaryIndexes().stream()
            .filter(index -> index.indexStatus() != IndexStatus.DELETING)
            .map(index -> globalIndex(table.tableName(), index, billingMode, byName))
            .toList(),
        billingMode,
        throughput(billingMode, table.provisionedThroughput()),
        onDemandThroughput(table.onDemandThroughput()),
        settings);
  }

  private static SecondaryIndex globalIndex(
      String table,
      GlobalSecondaryIndexDescription index,
      BillingMode billingMode,
      Map<String, KeyAttribute> attributes) {
    return new SecondaryIndex(
        index.indexName(),
        keySchema(table, index.keySchema(), attributes),
        projection(index.projection()),
        throughput(billingMode, index.provisionedThroughput()),
        onDemandThroughput(index.onDemandThroughput()));
  }

  private static KeyAttribute attribute(AttributeDefinition attribute) {
    return new KeyAttribute(
        attribute.attributeName(), ScalarType.valueOf(attribute.attributeTypeAsString()));
  }

  private static IndexKeySchema keySchema(
      String table, List<KeySchemaElement> elements, Map<String, KeyAttribute> attributes) {
    return new IndexKeySchema(
        keyAttributes(table, elements, KeyType.HASH, attributes),
        keyAttributes(table, elements, KeyType.RANGE, attributes));
  }

  private static List<KeyAttribute> keyAttributes(
      String table,
      List<KeySchemaElement> elements,
      KeyType type,
      Map<String, KeyAttribute> attributes) {
    return elements.stream()
        .filter(element -> element.keyType() == type)
        .map(element -> named(table, element.attributeName(), attributes))
        .toList();
  }

  private static KeyAttribute named(
      String table, String name, Map<String, KeyAttribute> attributes) {
    KeyAttribute attribute = attributes.get(name);
    if (attribute == null) {
      throw new DynavaultException(
          ErrorCode.REQUEST_REFUSED,
          "unable to describe table '" + table + "': key attribute '" + name + "' is not defined");
    }
    return attribute;
  }

  private static Projection projection(
      software.amazon.awssdk.services.dynamodb.model.Projection projection) {
    return new Projection(projection.projectionTypeAsString(), projection.nonKeyAttributes());
  }

  private static Optional<Throughput> throughput(
      BillingMode billingMode, @Nullable ProvisionedThroughputDescription units) {
    if (billingMode == BillingMode.PAY_PER_REQUEST || units == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Throughput(orZero(units.readCapacityUnits()), orZero(units.writeCapacityUnits())));
  }

  private static Optional<OnDemandThroughput> onDemandThroughput(
      software.amazon.awssdk.services.dynamodb.model.@Nullable OnDemandThroughput units) {
    if (units == null) {
      return Optional.empty();
    }
    OptionalLong read = limit(units.maxReadRequestUnits());
    OptionalLong write = limit(units.maxWriteRequestUnits());
    return read.isEmpty() && write.isEmpty()
        ? Optional.empty()
        : Optional.of(new OnDemandThroughput(read, write));
  }

  /** -1 is how the service says that there is no limit. */
  private static OptionalLong limit(@Nullable Long units) {
    return units == null || units < 0 ? OptionalLong.empty() : OptionalLong.of(units);
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
