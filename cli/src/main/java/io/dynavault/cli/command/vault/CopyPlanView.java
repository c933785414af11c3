// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.View;
import io.dynavault.core.copy.CopyPlan;
import java.util.Locale;

/** What a copy would do. */
record CopyPlanView(CopyPlan plan) implements View {

  @Override
  public void text(Page page) {
    if (plan.steps().isEmpty()) {
      page.line("no recovery points");
      return;
    }
    TextTable table = TextTable.of("TABLE", "RECOVERY POINT", ">STORED", "ACTION");
    for (CopyPlan.Step step : plan.steps()) {
      table.row(
          step.source().tableName(),
          step.source().id().value(),
          ByteSize.text(step.source().storedBytes()),
          step.action().name().toLowerCase(Locale.ROOT)
              + (step.choice() == CopyPlan.Choice.NEEDED ? ", others build on it" : "")
              + step.refusal().map(e -> ": " + e.getMessage()).orElse(""));
    }
    page.table(table).blank();
    page.line("Nothing was done, %s would be copied.", ByteSize.text(plan.bytes()));
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object().put("done", false).put("copiedBytes", plan.bytes());
    ArrayNode steps = json.putArray("recoveryPoints");
    for (CopyPlan.Step step : plan.steps()) {
      ObjectNode node =
          steps
              .addObject()
              .put("recoveryPointId", step.source().id().value())
              .put("tableName", step.source().tableName())
              .put("storedBytes", step.source().storedBytes())
              .put("action", step.action().name())
              .put("choice", step.choice().name());
      step.refusal().ifPresent(e -> node.put("message", e.getMessage()));
    }
    return json;
  }
}
