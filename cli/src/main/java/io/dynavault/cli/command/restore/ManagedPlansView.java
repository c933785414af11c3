// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.restore.ManagedRestorePlan;
import io.dynavault.aws.restore.ManagedRestoreRequest.Beginning;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.View;
import java.util.List;

/** What AWS is going to restore. */
record ManagedPlansView(List<ManagedRestorePlan> plans) implements View {
  @Override
  public void text(Page page) {
    TextTable table = TextTable.of("TABLE", "FROM", ">ITEMS", ">SIZE");
    for (ManagedRestorePlan plan : plans) {
      table.row(
          plan.tableName(),
          plan.request().source().text(),
          "~" + Counts.text(plan.estimatedItems()),
          "~" + ByteSize.text(plan.estimatedBytes()));
    }
    page.table(table).blank();
    for (ManagedRestorePlan plan : plans) {
      page.line("%s: %s", plan.tableName(), action(plan));
    }
    plans.stream()
        .flatMap(plan -> plan.notes().stream())
        .distinct()
        .forEach(note -> page.line("note: %s", note));
    page.blank().line("Nothing was done. Run it without --dry-run to restore.");
  }

  private static String action(ManagedRestorePlan plan) {
    return isNew(plan)
        ? "AWS makes the table, then its settings are put back"
        : "wait for the table, then put its settings back";
  }

  private static boolean isNew(ManagedRestorePlan plan) {
    return plan.request().beginning() == Beginning.NEW;
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object().put("done", false).put("mustConfirm", false);
    ArrayNode array = json.putArray("plans");
    for (ManagedRestorePlan plan : plans) {
      ObjectNode node =
          array
              .addObject()
              .put("tableName", plan.tableName())
              .put("source", plan.request().source().text())
              .put("itemCount", plan.estimatedItems())
              .put("itemBytes", plan.estimatedBytes())
              .put("newTable", isNew(plan))
              .put("destructive", false);
      ArrayNode notes = node.putArray("notes");
      plan.notes().forEach(notes::add);
    }
    return json;
  }
}
