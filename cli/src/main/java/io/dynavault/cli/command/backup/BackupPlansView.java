// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.backup.BackupPlan;
import java.time.Duration;
import java.util.List;

/** What backups are going to do. */
record BackupPlansView(List<BackupPlan> plans) implements View {

  @Override
  public void text(Page page) {
    TextTable table =
        TextTable.of(
            "TABLE", ">ITEMS", ">SIZE", ">SEGMENTS", ">READ UNITS", ">UNITS/S", ">AT LEAST");
    for (BackupPlan plan : plans) {
      table.row(
          plan.table().tableName(),
          "~" + Counts.text(plan.estimatedItems()),
          "~" + ByteSize.text(plan.estimatedBytes()),
          Counts.text(plan.totalSegments()),
          "~" + Counts.text(plan.estimatedReadUnits()),
          plan.unitsPerSecond().isPresent()
              ? Counts.text(Math.round(plan.unitsPerSecond().getAsDouble()))
              : "unlimited",
          duration(plan.estimatedDuration()));
    }
    page.table(table).blank();
    page.line("Nothing was done. Run it without --dry-run to back up.");
  }

  private static String duration(Duration duration) {
    return duration.isZero() ? "-" : TimeText.span(duration);
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object();
    ArrayNode array = json.putArray("plans");
    for (BackupPlan plan : plans) {
      ObjectNode node =
          array
              .addObject()
              .put("tableName", plan.table().tableName())
              .put("estimatedItems", plan.estimatedItems())
              .put("estimatedBytes", plan.estimatedBytes())
              .put("totalSegments", plan.totalSegments())
              .put("workers", plan.options().workers())
              .put("estimatedReadUnits", plan.estimatedReadUnits())
              .put("outputFormat", plan.options().outputFormat().name())
              .put("compression", plan.options().compression().name())
              .put("filtered", plan.query().filtered());
      plan.unitsPerSecond().ifPresent(units -> node.put("unitsPerSecond", units));
    }
    return json;
  }
}
