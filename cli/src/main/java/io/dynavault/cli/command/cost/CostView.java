// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.View;
import io.dynavault.core.cost.BackupSchedule;
import io.dynavault.core.cost.CostEstimate;
import io.dynavault.core.cost.CostLine;
import io.dynavault.core.cost.CostMethod;
import io.dynavault.core.cost.CostOption;
import io.dynavault.core.cost.Price;
import io.dynavault.core.cost.PriceQuality;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** An estimate, by method. */
record CostView(CostSubject subject, BackupSchedule schedule, CostEstimate estimate)
    implements View {
  private static final BigDecimal SMALLEST = new BigDecimal("0.0001");

  @Override
  public void text(Page page) {
    page.line(
        "%s: %s, %s; a backup takes %s%s",
        subject.name(),
        Counts.of(subject.volume().itemCount(), "item"),
        ByteSize.text(subject.volume().tableBytes()),
        subject.storedBytes().isPresent() ? "" : "about ",
        ByteSize.text(subject.backupBytes()));
    page.line(
        "%s a month, kept for %s",
        Counts.of(schedule.backupsPerMonth(), "backup"),
        Counts.of(schedule.retentionDays(), "day"));
    page.blank();
    TextTable table = TextTable.of("METHOD", ">" + currency(), "FOR", "PRICES");
    for (CostOption option : estimate.options()) {
      table.row(
          option.method().label(),
          amount(option.total()),
          option.method().basis() == CostMethod.Basis.EACH ? "each time" : "a month",
          quality(option.quality()));
    }
    page.table(table).blank();
    page.line(
        "Prices of "
            + estimate.prices().region()
            + newest().map(day -> ", the newest of " + day).orElse("")
            + ".");
    page.line("Free tiers, taxes, encryption keys and traffic between regions are left out;");
    page.line("indexes count with the size that a live table tells, else as empty.");
  }

  @Override
  public JsonNode json() {
    ObjectNode json =
        Json.object()
            .put("subject", subject.name())
            .put("itemCount", subject.volume().itemCount())
            .put("itemBytes", subject.volume().tableBytes())
            .put("localIndexBytes", subject.volume().localIndexBytes())
            .put("globalIndexBytes", subject.volume().globalIndexBytes())
            .put("storedBytes", subject.backupBytes())
            .put("backupsPerMonth", schedule.backupsPerMonth())
            .put("retentionDays", schedule.retentionDays())
            .put("region", estimate.prices().region())
            .put("currency", currency());
    newest().ifPresent(day -> json.put("newestPrice", day.toString()));
    ArrayNode options = json.putArray("options");
    estimate.options().forEach(option -> options.add(json(option)));
    return json;
  }

  private static ObjectNode json(CostOption option) {
    ObjectNode json =
        Json.object()
            .put("method", option.method().name())
            .put("basis", option.method().basis().name())
            .put("amount", rounded(option.total()))
            .put("priceQuality", option.quality().name());
    ArrayNode lines = json.putArray("lines");
    for (CostLine line : option.lines()) {
      lines
          .addObject()
          .put("what", line.what())
          .put("quantity", line.quantity().setScale(6, RoundingMode.HALF_UP))
          .put("unit", line.price().item().unit().label())
          .put("price", line.price().value())
          .put("amount", rounded(line.amount()));
    }
    ArrayNode notes = json.putArray("notes");
    option.notes().forEach(notes::add);
    return json;
  }

  private static BigDecimal rounded(BigDecimal amount) {
    return amount.setScale(6, RoundingMode.HALF_UP);
  }

  /** Cents from one unit up, four decimals below, so that small tables do not cost nothing. */
  private static String amount(BigDecimal amount) {
    if (amount.signum() > 0 && amount.compareTo(SMALLEST) < 0) {
      return "< 0.0001";
    }
    int decimals = amount.compareTo(BigDecimal.ONE) < 0 ? 4 : 2;
    return String.format(
        Locale.ROOT, "%,." + decimals + "f", amount.setScale(decimals, RoundingMode.HALF_UP));
  }

  private String currency() {
    return estimate.prices().currency();
  }

  private static String quality(PriceQuality quality) {
    return switch (quality) {
      case LISTED -> "from AWS's list";
      case REPORTED -> "from third parties";
      case UNCONFIRMED -> "not confirmed";
      case OWN -> "your own";
    };
  }

  private Optional<LocalDate> newest() {
    return estimate.options().stream()
        .flatMap(option -> option.lines().stream())
        .map(CostLine::price)
        .map(Price::asOf)
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder());
  }
}
