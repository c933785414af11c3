// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.dynavault.cli.output.Page;
import io.dynavault.core.table.SecondaryIndex;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDefinitionParser;
import io.dynavault.core.table.TableSettings;
import io.dynavault.core.table.Throughput;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The definition of a table in words and as JSON. */
final class TableText {

  private TableText() {}

  static void print(Page page, TableDefinition table) {
    Page.Fields fields =
        page.fields()
            .field("Table definition", "")
            .field("  Keys", keys(table.keySchema()))
            .field("  Capacity", capacity(table));
    table
        .localSecondaryIndexes()
        .forEach(index -> fields.field("  LSI " + index.indexName(), index(index)));
    table
        .globalSecondaryIndexes()
        .forEach(index -> fields.field("  GSI " + index.indexName(), index(index)));
    TableSettings settings = table.settings();
    settings.timeToLiveAttribute().ifPresent(name -> fields.field("  Time to live", name));
    settings.streamViewType().ifPresent(view -> fields.field("  Stream", view));
    settings
        .sseType()
        .ifPresent(
            type ->
                fields.field(
                    "  Encryption",
                    type + settings.kmsMasterKeyArn().map(arn -> " " + arn).orElse("")));
    settings.tableClass().ifPresent(name -> fields.field("  Table class", name));
    settings
        .pointInTimeRecoveryDays()
        .ifPresent(days -> fields.field("  Point-in-time recovery", days + " days"));
    if (settings.deletionProtection()) {
      fields.field("  Deletion protection", "on");
    }
    if (!settings.tags().isEmpty()) {
      fields.field("  Tags", new TreeMap<>(settings.tags()).toString());
    }
    settings.resourcePolicy().ifPresent(policy -> fields.field("  Resource policy", "kept"));
    settings.autoScaling().ifPresent(scaling -> fields.field("  Auto scaling", "kept"));
    if (!settings.notAnswered().isEmpty()) {
      fields.field("  Not known", String.join(", ", settings.notAnswered()));
    }
    fields.end();
  }

  static JsonNode json(TableDefinition table) {
    try (TokenBuffer buffer = new TokenBuffer(null, false);
        JsonGenerator generator = buffer) {
      TableDefinitionParser.write(table, generator);
      return buffer.asParser(new ObjectMapper()).readValueAsTree();
    } catch (IOException e) {
      throw new UncheckedIOException("unable to write a table's definition", e);
    }
  }

  private static String keys(KeySchema schema) {
    return key(schema.partitionKey()) + schema.sortKey().map(sort -> ", " + key(sort)).orElse("");
  }

  private static String keys(SecondaryIndex index) {
    return index.keySchema().attributes().stream()
        .map(TableText::key)
        .collect(Collectors.joining(", "));
  }

  private static String key(KeyAttribute attribute) {
    return attribute.name() + " (" + attribute.type() + ")";
  }

  private static String capacity(TableDefinition table) {
    return table
        .throughput()
        .map(TableText::units)
        .orElseGet(() -> table.billingMode().name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private static String units(Throughput throughput) {
    return "provisioned, %d read and %d write units"
        .formatted(throughput.readCapacityUnits(), throughput.writeCapacityUnits());
  }

  private static String index(SecondaryIndex index) {
    List<String> included = index.projection().nonKeyAttributes();
    return keys(index)
        + ", projects "
        + index.projection().type()
        + (included.isEmpty() ? "" : " " + String.join(", ", included))
        + index.throughput().map(units -> ", " + units(units)).orElse("");
  }
}
