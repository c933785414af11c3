// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.delete.DeletePlan;
import io.dynavault.core.delete.Protection;
import io.dynavault.core.vault.RecoveryPoint;
import java.time.Instant;
import java.util.stream.Collectors;

/** What a deletion would do. */
record DeletePlanView(DeletePlan plan, Instant now) implements View {

  @Override
  public void text(Page page) {
    TextTable table = TextTable.of("TABLE", "RECOVERY POINT", ">AGE", ">STORED", "ACTION");
    for (DeletePlan.Step step : plan.steps()) {
      RecoveryPoint point = step.entry().point();
      table.row(
          point.tableName(),
          point.id().value(),
          TimeText.age(point.startTime(), now),
          ByteSize.text(point.storedBytes()),
          step.isRefused() ? "refuse: it is " + protections(step) : "delete");
    }
    page.table(table);
    Confirmation.remind(page, false);
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object().put("done", false).put("storedBytes", plan.storedBytes());
    ArrayNode steps = json.putArray("recoveryPoints");
    for (DeletePlan.Step step : plan.steps()) {
      ObjectNode node = RecoveryPointJson.summary(step.entry());
      node.put("action", step.isRefused() ? "REFUSE" : "DELETE");
      ArrayNode protections = node.putArray("protections");
      for (Protection protection : step.protections()) {
        protections
            .addObject()
            .put("kind", protection.kind().name())
            .put("text", protection.text());
      }
      steps.add(node);
    }
    return json;
  }

  private static String protections(DeletePlan.Step step) {
    return step.protections().stream().map(Protection::text).collect(Collectors.joining("; "));
  }
}
