// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.load.LoadPlan;
import java.util.Locale;

/** What an import would do. */
record ImportPlanView(LoadPlan plan) implements View {

  @Override
  public void text(Page page) {
    Page.Fields fields =
        page.fields()
            .field("Table", plan.tableName())
            .field("Files", String.join(", ", plan.sources()))
            .field("Items", Counts.text(plan.items()))
            .field("Size", ByteSize.text(plan.itemBytes()))
            .field("Write units", Counts.text(plan.writeUnits()))
            .field("On conflict", plan.onConflict().name().toLowerCase(Locale.ROOT));
    if (plan.unitsPerSecond().isPresent()) {
      fields.field("Takes at least", TimeText.span(plan.estimatedDuration()));
    }
    fields.end().blank();
    page.line(
        plan.destructive()
            ? "Nothing was done. Items can be replaced: add --confirm to do it."
            : "Nothing was done. Run it without --dry-run to import.");
  }

  @Override
  public JsonNode json() {
    ObjectNode json =
        Json.object()
            .put("done", false)
            .put("mustConfirm", plan.destructive())
            .put("tableName", plan.tableName())
            .put("itemCount", plan.items())
            .put("itemBytes", plan.itemBytes())
            .put("estimatedWriteUnits", plan.writeUnits())
            .put("onConflict", plan.onConflict().name());
    plan.unitsPerSecond().ifPresent(units -> json.put("unitsPerSecond", units));
    plan.sources().forEach(json.putArray("files")::add);
    return json;
  }
}
