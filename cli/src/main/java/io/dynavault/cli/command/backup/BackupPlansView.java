// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What backups are going to do: one table for each method. */
record BackupPlansView(List<PlannedBackup> plans) implements View {

  @Override
  public void text(Page page) {
    Map<List<String>, TextTable> tables = new LinkedHashMap<>();
    for (PlannedBackup plan : plans) {
      TextTable table =
          tables.computeIfAbsent(
              plan.headings(), headings -> TextTable.of(headings.toArray(String[]::new)));
      plan.rows().forEach(row -> table.row(row.toArray(String[]::new)));
    }
    for (TextTable table : tables.values()) {
      if (!table.isEmpty()) {
        page.table(table).blank();
      }
    }
    plans.stream().flatMap(plan -> plan.notes().stream()).forEach(note -> page.line("%s", note));
    page.line("Nothing was done. Run it without --dry-run to back up.");
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object();
    ArrayNode array = json.putArray("plans");
    plans.forEach(plan -> array.add(plan.json()));
    return json;
  }
}
