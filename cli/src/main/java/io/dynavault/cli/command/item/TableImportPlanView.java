// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.imports.ImportFiles;
import io.dynavault.aws.imports.ImportPlan;
import io.dynavault.cli.command.restore.ImportCost;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.View;
import io.dynavault.core.cost.PriceList;
import io.dynavault.core.table.SecondaryIndex;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.format.item.KeyAttribute;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What AWS is going to import. */
record TableImportPlanView(ImportPlan plan) implements View {
  @Override
  public void text(Page page) {
    ImportFiles files = plan.request().files();
    TableDefinition table = plan.request().table();
    Page.Fields fields =
        page.fields()
            .field("Table", plan.tableName() + (isNew() ? " (new)" : ""))
            .field("Key", key(table))
            .field("Billing mode", table.billingMode().name());
    if (!table.globalSecondaryIndexes().isEmpty()) {
      fields.field(
          "Global indexes",
          table.globalSecondaryIndexes().stream()
              .map(SecondaryIndex::indexName)
              .collect(Collectors.joining(", ")));
    }
    fields
        .field("From", files.location())
        .field("Files", Counts.text(files.count()) + ", " + ByteSize.text(files.storedBytes()))
        .field("Format", word(files.format()) + ", compression " + word(files.compression()))
        .field("Costs on AWS", "~" + cost().setScale(2, RoundingMode.UP) + " USD")
        .end()
        .blank();
    plan.notes().forEach(note -> page.line("note: %s", note));
    page.line("Nothing was done. Run it without --dry-run to import.");
  }

  private boolean isNew() {
    return plan.begun().isEmpty();
  }

  private BigDecimal cost() {
    return ImportCost.of(plan.request().table(), plan.request().files());
  }

  private static String key(TableDefinition table) {
    return Stream.concat(
            Stream.of(table.keySchema().partitionKey()), table.keySchema().sortKey().stream())
        .map(TableImportPlanView::text)
        .collect(Collectors.joining(", "));
  }

  private static String text(KeyAttribute attribute) {
    return attribute.name() + " (" + attribute.type() + ")";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public JsonNode json() {
    ImportFiles files = plan.request().files();
    ObjectNode json =
        Json.object()
            .put("done", false)
            .put("mustConfirm", false)
            .put("tableName", plan.tableName())
            .put("newTable", isNew())
            .put("source", files.location())
            .put("format", files.format().name())
            .put("compression", files.compression().name())
            .put("fileCount", files.count())
            .put("storedBytes", files.storedBytes())
            .put("estimatedCost", cost())
            .put("currency", PriceList.builtIn().currency());
    ArrayNode notes = json.putArray("notes");
    plan.notes().forEach(notes::add);
    return json;
  }
}
