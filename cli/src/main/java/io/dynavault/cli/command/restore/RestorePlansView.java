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
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.cost.BackupSchedule;
import io.dynavault.core.cost.CostEstimate;
import io.dynavault.core.cost.CostMethod;
import io.dynavault.core.cost.CostRequest;
import io.dynavault.core.cost.PriceList;
import io.dynavault.core.cost.TableVolume;
import io.dynavault.core.restore.RestorePlan;
import io.dynavault.core.restore.RestoreTarget;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What restores are going to do.
 *
 * @param mustConfirm whether one of them can replace or delete items
 */
record RestorePlansView(List<PlannedRestore> planned, boolean mustConfirm) implements View {
  @Override
  public void text(Page page) {
    TextTable table =
        TextTable.of(
            "TABLE",
            "FROM",
            "INTO",
            ">ITEMS",
            ">SIZE",
            ">WRITE UNITS",
            ">UNITS/S",
            ">AT LEAST",
            ">ON AWS");
    for (PlannedRestore one : planned) {
      RestorePlan plan = one.plan();
      table.row(
          plan.target().table().tableName(),
          from(one),
          mode(plan),
          Counts.text(plan.items()),
          ByteSize.text(plan.itemBytes()),
          "~" + Counts.text(plan.writeUnits()),
          plan.unitsPerSecond().isPresent()
              ? Counts.text(Math.round(plan.unitsPerSecond().getAsDouble()))
              : "unlimited",
          duration(plan.estimatedDuration()),
          "~" + cost(plan).setScale(2, RoundingMode.UP) + " USD");
    }
    page.table(table);
    page.blank();
    plans().forEach(plan -> page.line(plan.target().table().tableName() + ": " + action(plan)));
    planned.forEach(
        one ->
            one.moment()
                .ifPresent(
                    moment -> page.line("%s: %s", one.tableName(), MomentText.line(moment))));
    planned.stream()
        .flatMap(one -> one.planNotes().stream())
        .distinct()
        .forEach(note -> page.line("note: " + note));
    page.blank();
    page.line(
        mustConfirm
            ? "Nothing was done. Items can be replaced or deleted: add --confirm to do it."
            : "Nothing was done. Run it without --dry-run to restore.");
  }

  private List<RestorePlan> plans() {
    return planned.stream().map(PlannedRestore::plan).toList();
  }

  private static String from(PlannedRestore one) {
    String source = one.plan().source();
    return one.moment()
        .map(moment -> moment.plan().moment().toString())
        .orElseGet(() -> source.substring(source.lastIndexOf('/') + 1));
  }

  private static String action(RestorePlan plan) {
    RestoreTarget target = plan.target();
    if (target instanceof RestoreTarget.NewTable) {
      return "create the table, write its items, put its settings back";
    }
    if (target instanceof RestoreTarget.UnfinishedTable) {
      return "write all items once more, put the settings back";
    }
    return switch (((RestoreTarget.ExistingTable) target).onConflict()) {
      case REQUIRE_EMPTY -> "write items, if the table has none";
      case OVERWRITE -> "write all items, REPLACE those of the same key, leave others";
      case SKIP -> "write the items whose keys the table does not have";
      case FAIL -> "write items, if the table has none of their keys";
      case MAKE_IDENTICAL ->
          "REPLACE items that differ, DELETE those that the recovery point does not have";
      case CLEAR -> "DELETE all items, then write those of the recovery point";
    };
  }

  private static String mode(RestorePlan plan) {
    if (plan.target() instanceof RestoreTarget.UnfinishedTable) {
      return "unfinished table";
    }
    return plan.target() instanceof RestoreTarget.ExistingTable existing
        ? "existing, " + existing.onConflict().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        : "new table";
  }

  private static String duration(Duration duration) {
    return duration.isZero() ? "-" : TimeText.span(duration);
  }

  /** By the on-demand prices of the built-in list, indexes included. */
  static BigDecimal cost(RestorePlan plan) {
    TableVolume volume = TableVolume.of(plan.target().table(), plan.items(), plan.itemBytes());
    CostRequest request =
        new CostRequest(volume, plan.itemBytes(), plan.itemBytes(), new BackupSchedule(1, 1));
    return CostEstimate.of(request, PriceList.builtIn())
        .option(CostMethod.RESTORE_WRITE)
        .total()
        .setScale(6, RoundingMode.HALF_UP);
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object().put("done", false).put("mustConfirm", mustConfirm);
    ArrayNode array = json.putArray("plans");
    for (PlannedRestore one : planned) {
      RestorePlan plan = one.plan();
      ObjectNode node =
          array
              .addObject()
              .put("tableName", plan.target().table().tableName())
              .put("source", plan.source())
              .put("itemCount", plan.items())
              .put("itemBytes", plan.itemBytes())
              .put("estimatedWriteUnits", plan.writeUnits())
              .put("estimatedCost", cost(plan))
              .put("currency", PriceList.builtIn().currency())
              .put("destructive", plan.destructive());
      if (plan.target() instanceof RestoreTarget.ExistingTable existing) {
        node.put("onConflict", existing.onConflict().name());
      } else {
        node.put("newTable", plan.target() instanceof RestoreTarget.NewTable);
      }
      one.moment().ifPresent(moment -> node.set("moment", MomentText.json(moment)));
      plan.unitsPerSecond().ifPresent(units -> node.put("unitsPerSecond", units));
      ArrayNode notes = node.putArray("notes");
      one.planNotes().forEach(notes::add);
    }
    return json;
  }
}
