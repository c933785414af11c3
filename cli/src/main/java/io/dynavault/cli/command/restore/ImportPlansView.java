// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.View;
import io.dynavault.core.cost.PriceList;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** What AWS is going to import. */
record ImportPlansView(List<PlannedImport> plans) implements View {
  @Override
  public void text(Page page) {
    TextTable table =
        TextTable.of(
            "TABLE", "FROM", ">FILES", ">SIZE", ">ITEMS", ">IMPORT COSTS", ">WRITING COSTS");
    for (PlannedImport planned : plans) {
      var files = planned.plan().request().files();
      table.row(
          planned.tableName(),
          files.location(),
          Counts.text(files.count()),
          ByteSize.text(files.storedBytes()),
          Counts.text(planned.writing().items()),
          planned.isNew() ? dollars(planned.cost()) : "-",
          dollars(planned.costOfWriting()));
    }
    page.table(table).blank();
    for (PlannedImport planned : plans) {
      page.line(
          "%s: %s",
          planned.tableName(),
          planned.isNew()
              ? "AWS makes the table of the files, then its settings are put back"
              : "wait for the import that was begun, then put the settings back");
    }
    plans.stream()
        .flatMap(planned -> planned.notes().stream())
        .distinct()
        .forEach(note -> page.line("note: %s", note));
    page.blank().line("Nothing was done. Run it without --dry-run to restore.");
  }

  private static String dollars(BigDecimal cost) {
    return "~" + cost.setScale(2, RoundingMode.UP) + " USD";
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object().put("done", false).put("mustConfirm", false);
    ArrayNode array = json.putArray("plans");
    for (PlannedImport planned : plans) {
      var files = planned.plan().request().files();
      ObjectNode node =
          array
              .addObject()
              .put("tableName", planned.tableName())
              .put("source", files.location())
              .put("format", files.format().name())
              .put("compression", files.compression().name())
              .put("fileCount", files.count())
              .put("storedBytes", files.storedBytes())
              .put("itemCount", planned.writing().items())
              .put("itemBytes", planned.writing().itemBytes())
              .put("estimatedCost", planned.cost())
              .put("estimatedCostOfWriting", planned.costOfWriting())
              .put("currency", PriceList.builtIn().currency())
              .put("newTable", planned.isNew())
              .put("destructive", false);
      ArrayNode notes = node.putArray("notes");
      planned.notes().forEach(notes::add);
    }
    return json;
  }
}
