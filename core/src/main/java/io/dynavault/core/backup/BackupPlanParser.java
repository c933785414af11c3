// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDefinitionParser;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.format.export.Codec;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalDouble;

/** JSON of {@link BackupPlan}: in a run's journal, and what a dry run prints. */
public final class BackupPlanParser {
  private static final JsonMapper MAPPER = new JsonMapper();

  private BackupPlanParser() {}

  public static JsonNode toJson(BackupPlan plan) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", plan.id().value());
    json.set("query", query(plan.query()));
    json.set("options", options(plan.options()));
    json.put("totalSegments", plan.totalSegments());
    plan.unitsPerSecond().ifPresent(units -> json.put("unitsPerSecond", units));
    json.put("estimatedItems", plan.estimatedItems());
    json.put("estimatedBytes", plan.estimatedBytes());
    json.put("estimatedReadUnits", plan.estimatedReadUnits());
    json.set("table", table(plan.table()));
    return json;
  }

  static BackupPlan fromJson(JsonNode node) {
    JsonFields json = new JsonFields("plan of a backup", node);
    return new BackupPlan(
        new RecoveryPointId(json.text("id")),
        TableDefinitionParser.read(node.path("table")),
        query(json.object("query")),
        options(json.object("options")),
        Math.toIntExact(json.number("totalSegments")),
        node.path("unitsPerSecond").isNumber()
            ? OptionalDouble.of(node.path("unitsPerSecond").doubleValue())
            : OptionalDouble.empty(),
        json.number("estimatedItems"),
        json.number("estimatedBytes"));
  }

  private static ObjectNode query(ScanQuery query) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("tableName", query.tableName());
    json.put("consistentRead", query.consistentRead());
    query.filterExpression().ifPresent(text -> json.put("filterExpression", text));
    query.projectionExpression().ifPresent(text -> json.put("projectionExpression", text));
    query.expressionAttributeNames().ifPresent(text -> json.put("expressionAttributeNames", text));
    query
        .expressionAttributeValues()
        .ifPresent(text -> json.put("expressionAttributeValues", text));
    return json;
  }

  private static ScanQuery query(JsonFields json) {
    return new ScanQuery(
        json.text("tableName"),
        json.flag("consistentRead"),
        json.optionalText("filterExpression"),
        json.optionalText("projectionExpression"),
        json.optionalText("expressionAttributeNames"),
        json.optionalText("expressionAttributeValues"));
  }

  private static ObjectNode options(BackupOptions options) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("workers", options.workers());
    options.readCapacity().ifPresent(budget -> json.put("readCapacity", budget.toString()));
    json.put("outputFormat", options.outputFormat().name());
    json.put("compression", options.compression().name());
    options.codec().level().ifPresent(level -> json.put("compressionLevel", level));
    json.put("fileBytes", options.fileBytes());
    ObjectNode tags = json.putObject("tags");
    options.tags().forEach(tags::put);
    options.deleteAfter().ifPresent(age -> json.put("deleteAfterSeconds", age.toSeconds()));
    return json;
  }

  private static BackupOptions options(JsonFields json) {
    var deleteAfter = json.optionalNumber("deleteAfterSeconds");
    return new BackupOptions(
        Math.toIntExact(json.number("workers")),
        json.optionalText("readCapacity").map(CapacityBudget::parse),
        json.constant("outputFormat", OutputFormat.class),
        codec(json),
        json.number("fileBytes"),
        json.textMap("tags"),
        deleteAfter.stream().mapToObj(Duration::ofSeconds).findFirst());
  }

  private static Codec codec(JsonFields json) {
    Compression compression = json.constant("compression", Compression.class);
    var level = json.optionalNumber("compressionLevel");
    return level.isPresent()
        ? Codec.of(compression, Math.toIntExact(level.getAsLong()))
        : Codec.of(compression);
  }

  private static JsonNode table(TableDefinition table) {
    try (TokenBuffer buffer = new TokenBuffer(MAPPER, false)) {
      TableDefinitionParser.write(table, buffer);
      return MAPPER.readTree(buffer.asParser());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
