// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.View;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Hold;
import java.util.Map;
import java.util.Optional;

/** What a release would do. */
record ReleasePlanView(Map<CatalogEntry, Optional<Hold>> holds) implements View {

  @Override
  public void text(Page page) {
    TextTable table = TextTable.of("TABLE", "RECOVERY POINT", "ACTION");
    holds.forEach(
        (entry, hold) ->
            table.row(
                entry.tableName(),
                entry.id().value(),
                hold.map(held -> "release: held by " + held.by() + ": " + held.reason())
                    .orElse("none: it is not held")));
    page.table(table);
    Confirmation.remind(page, holds.values().stream().allMatch(Optional::isEmpty));
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object().put("done", false);
    ArrayNode points = json.putArray("recoveryPoints");
    holds.forEach(
        (entry, hold) -> {
          ObjectNode node = RecoveryPointJson.summary(entry);
          hold.ifPresent(held -> node.set("hold", HoldChange.json(held)));
          points.add(node.put("action", hold.isPresent() ? "RELEASE" : "NONE"));
        });
    return json;
  }
}
