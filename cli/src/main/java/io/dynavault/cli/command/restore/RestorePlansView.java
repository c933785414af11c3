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
import io.dynavault.core.cost.PriceItem;
import io.dynavault.core.cost.PriceList;
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
record RestorePlansView(List<RestorePlan> plans, boolean mustConfirm) implements View {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

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
    for (RestorePlan plan : plans) {
      table.row(
          plan.target().table().tableName(),
          plan.source().substring(plan.source().lastIndexOf('/') + 1),
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
    plans.stream()
        .flatMap(plan -> plan.notes().stream())
        .distinct()
        .forEach(note -> page.line("note: " + note));
    page.blank();
    page.line(
        mustConfirm
            ? "Nothing was done. Items can be replaced or deleted: add --confirm to do it."
            : "Nothing was done. Run it without --dry-run to restore.");
  }

  private static String mode(RestorePlan plan) {
    return plan.target() instanceof RestoreTarget.ExistingTable existing
        ? "existing, " + existing.onConflict().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        : "new table";
  }

  private static String duration(Duration duration) {
    return duration.isZero() ? "-" : TimeText.span(duration);
  }

  /** Writes into the table alone, by the on-demand price of the built-in list. */
  private static BigDecimal cost(RestorePlan plan) {
    BigDecimal perMillion = PriceList.builtIn().price(PriceItem.WRITE_REQUEST_UNIT).value();
    return BigDecimal.valueOf(plan.writeUnits()).multiply(perMillion).divide(MILLION);
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object().put("done", false).put("mustConfirm", mustConfirm);
    ArrayNode array = json.putArray("plans");
    for (RestorePlan plan : plans) {
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
        node.put("newTable", true);
      }
      plan.unitsPerSecond().ifPresent(units -> node.put("unitsPerSecond", units));
      ArrayNode notes = node.putArray("notes");
      plan.notes().forEach(notes::add);
    }
    return json;
  }
}
