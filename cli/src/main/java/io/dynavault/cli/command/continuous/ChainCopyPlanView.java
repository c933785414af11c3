// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.View;
import io.dynavault.core.chaincopy.ChainCopyPlan;
import io.dynavault.core.copy.CopyPlan;

/** What a copy of continuous backups would do. */
record ChainCopyPlanView(ChainCopyPlan plan) implements View {

  @Override
  public void text(Page page) {
    if (plan.steps().isEmpty()) {
      page.line("no table has a continuous backup in this vault");
      return;
    }
    TextTable table =
        TextTable.of("TABLE", "CHAIN", ">COMMITS", ">FILES", ">BASES", ">STORED", "ACTION");
    for (ChainCopyPlan.Step step : plan.steps()) {
      table.row(
          step.tableName(),
          step.chain().value(),
          Counts.text(step.volume().commits()),
          Counts.text(step.volume().files()),
          Counts.text(newBases(step)),
          ByteSize.text(step.bytes()),
          action(step) + step.refusal().map(e -> ": " + e.getMessage()).orElse(""));
    }
    page.table(table).blank();
    for (ChainCopyPlan.Step step : plan.steps()) {
      for (CopyPlan.Step base : step.bases().steps()) {
        base.refusal().ifPresent(e -> page.line("PROBLEM: %s", e.getMessage()));
      }
    }
    page.line("Nothing was done, %s would be copied.", ByteSize.text(plan.bytes()));
  }

  private static long newBases(ChainCopyPlan.Step step) {
    return step.bases().steps().stream()
        .filter(base -> base.action() == CopyPlan.Action.COPY)
        .count();
  }

  private static String action(ChainCopyPlan.Step step) {
    return switch (step.action()) {
      case COPY -> "copy";
      case SKIP -> "nothing new";
      case EXPIRED -> "none, has expired there";
      case REFUSE -> "refuse";
    };
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object().put("done", false).put("copiedBytes", plan.bytes());
    ArrayNode chains = json.putArray("chains");
    plan.steps().forEach(step -> chains.add(json(step)));
    return json;
  }

  private static ObjectNode json(ChainCopyPlan.Step step) {
    ObjectNode node =
        Json.object()
            .put("tableName", step.tableName())
            .put("chain", step.chain().value())
            .put("action", step.action().name())
            .put("commits", step.volume().commits())
            .put("files", step.volume().files())
            .put("storedBytes", step.volume().bytes());
    ArrayNode bases = node.putArray("bases");
    for (CopyPlan.Step base : step.bases().steps()) {
      ObjectNode one =
          bases
              .addObject()
              .put("recoveryPointId", base.source().id().value())
              .put("storedBytes", base.source().storedBytes())
              .put("action", base.action().name());
      base.refusal().ifPresent(e -> one.put("message", e.getMessage()));
    }
    step.refusal().ifPresent(e -> node.put("message", e.getMessage()));
    return node;
  }
}
