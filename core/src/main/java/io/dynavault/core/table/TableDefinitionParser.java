// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.json.JsonFields;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A table definition as JSON: AWS's names for AWS's things with a small first letter, as in the
 * manifests of an export. What is absent in the table is absent in the JSON; a reader ignores
 * fields it does not know.
 */
public final class TableDefinitionParser {
  private TableDefinitionParser() {}

  /** Writes the definition as one JSON object. */
  public static void write(TableDefinition table, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("tableName", table.tableName());
    json.writeStringField("tableArn", table.tableArn());
    json.writeStringField("tableId", table.tableId());
    writeAttributeDefinitions(table.attributeDefinitions(), json);
    KeySchema key = table.keySchema();
    writeKeySchema(List.of(key.partitionKey()), key.sortKey().stream().toList(), json);
    writeIndexes("localSecondaryIndexes", table.localSecondaryIndexes(), json);
    writeIndexes("globalSecondaryIndexes", table.globalSecondaryIndexes(), json);
    json.writeStringField("billingMode", table.billingMode().name());
    writeThroughput(table.throughput(), table.onDemandThroughput(), json);
    json.writeFieldName("settings");
    TableSettingsParser.write(table.settings(), json);
    json.writeEndObject();
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws FormatException naming the field that is missing or has another form
   */
  public static TableDefinition read(JsonNode json) {
    JsonFields fields = new JsonFields("table definition", json);
    AttributeTypes types = AttributeTypes.read(fields);
    IndexKeySchema key = readKeySchema(fields, types);
    if (key.partitionKey().size() != 1 || key.sortKey().size() > 1) {
      throw fields.invalid("keySchema", "has more than one attribute of a kind");
    }
    return new TableDefinition(
        fields.text("tableName"),
        fields.text("tableArn"),
        fields.text("tableId"),
        new KeySchema(key.partitionKey().get(0), key.sortKey().stream().findFirst()),
        types.all(),
        readIndexes("localSecondaryIndexes", fields, types),
        readIndexes("globalSecondaryIndexes", fields, types),
        fields.constant("billingMode", BillingMode.class),
        readThroughput(fields),
        readOnDemandThroughput(fields),
        TableSettingsParser.read(fields.object("settings")));
  }

  private static void writeAttributeDefinitions(List<KeyAttribute> attributes, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart("attributeDefinitions");
    for (KeyAttribute attribute : attributes) {
      json.writeStartObject();
      json.writeStringField("attributeName", attribute.name());
      json.writeStringField("attributeType", attribute.type().name());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeKeySchema(
      List<KeyAttribute> partitionKey, List<KeyAttribute> sortKey, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart("keySchema");
    for (KeyAttribute attribute : partitionKey) {
      writeKeyElement(attribute, "HASH", json);
    }
    for (KeyAttribute attribute : sortKey) {
      writeKeyElement(attribute, "RANGE", json);
    }
    json.writeEndArray();
  }

  private static void writeKeyElement(KeyAttribute attribute, String keyType, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("attributeName", attribute.name());
    json.writeStringField("keyType", keyType);
    json.writeEndObject();
  }

  private static void writeIndexes(String name, List<SecondaryIndex> indexes, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (SecondaryIndex index : indexes) {
      json.writeStartObject();
      json.writeStringField("indexName", index.indexName());
      writeKeySchema(index.keySchema().partitionKey(), index.keySchema().sortKey(), json);
      json.writeObjectFieldStart("projection");
      json.writeStringField("projectionType", index.projection().type());
      if (!index.projection().nonKeyAttributes().isEmpty()) {
        json.writeArrayFieldStart("nonKeyAttributes");
        for (String attribute : index.projection().nonKeyAttributes()) {
          json.writeString(attribute);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
      writeThroughput(index.throughput(), index.onDemandThroughput(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeThroughput(
      Optional<Throughput> provisioned, Optional<OnDemandThroughput> onDemand, JsonGenerator json)
      throws IOException {
    if (provisioned.isPresent()) {
      json.writeObjectFieldStart("provisionedThroughput");
      json.writeNumberField("readCapacityUnits", provisioned.get().readCapacityUnits());
      json.writeNumberField("writeCapacityUnits", provisioned.get().writeCapacityUnits());
      json.writeEndObject();
    }
    if (onDemand.isPresent()) {
      json.writeObjectFieldStart("onDemandThroughput");
      writeUnits("maxReadRequestUnits", onDemand.get().maxReadRequestUnits(), json);
      writeUnits("maxWriteRequestUnits", onDemand.get().maxWriteRequestUnits(), json);
      json.writeEndObject();
    }
  }

  private static void writeUnits(String name, OptionalLong units, JsonGenerator json)
      throws IOException {
    if (units.isPresent()) {
      json.writeNumberField(name, units.getAsLong());
    }
  }

  private static IndexKeySchema readKeySchema(JsonFields fields, AttributeTypes types) {
    List<JsonFields> elements = fields.objects("keySchema");
    List<KeyAttribute> partitionKey = keyAttributes(elements, "HASH", types);
    List<KeyAttribute> sortKey = keyAttributes(elements, "RANGE", types);
    if (partitionKey.isEmpty() || partitionKey.size() + sortKey.size() != elements.size()) {
      throw fields.invalid("keySchema", "is not made of HASH and RANGE attributes");
    }
    return new IndexKeySchema(partitionKey, sortKey);
  }

  private static List<KeyAttribute> keyAttributes(
      List<JsonFields> elements, String keyType, AttributeTypes types) {
    return elements.stream()
        .filter(element -> element.text("keyType").equals(keyType))
        .map(element -> types.keyAttribute(element, "attributeName"))
        .toList();
  }

  private static List<SecondaryIndex> readIndexes(
      String name, JsonFields fields, AttributeTypes types) {
    return fields.objects(name).stream().map(index -> readIndex(index, types)).toList();
  }

  private static SecondaryIndex readIndex(JsonFields index, AttributeTypes types) {
    JsonFields projection = index.object("projection");
    return new SecondaryIndex(
        index.text("indexName"),
        readKeySchema(index, types),
        new Projection(projection.text("projectionType"), projection.texts("nonKeyAttributes")),
        readThroughput(index),
        readOnDemandThroughput(index));
  }

  private static Optional<Throughput> readThroughput(JsonFields fields) {
    return fields
        .optionalObject("provisionedThroughput")
        .map(
            units ->
                new Throughput(
                    units.number("readCapacityUnits"), units.number("writeCapacityUnits")));
  }

  private static Optional<OnDemandThroughput> readOnDemandThroughput(JsonFields fields) {
    return fields
        .optionalObject("onDemandThroughput")
        .map(
            units ->
                new OnDemandThroughput(
                    units.optionalNumber("maxReadRequestUnits"),
                    units.optionalNumber("maxWriteRequestUnits")));
  }
}
