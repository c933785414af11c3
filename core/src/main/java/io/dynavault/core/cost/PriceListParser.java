// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.JsonFields;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Price lists as JSON. */
final class PriceListParser {
  private PriceListParser() {}

  /** A list that must have every price. */
  static PriceList complete(byte[] json) {
    JsonFields fields = JsonDocument.read("price list", json);
    Map<PriceItem, Price> prices = prices(fields);
    for (PriceItem item : PriceItem.values()) {
      if (!prices.containsKey(item)) {
        throw fields.invalid("prices", "lacks '" + item.label() + "'");
      }
    }
    return new PriceList(fields.text("region"), fields.text("currency"), prices);
  }

  /** The list with the prices of another file, which may be few, in place of its own. */
  static PriceList override(PriceList list, byte[] json) {
    JsonFields fields = JsonDocument.read("price list", json);
    Map<PriceItem, Price> prices = new EnumMap<>(list.prices());
    prices.putAll(prices(fields));
    return new PriceList(
        fields.optionalText("region").orElse(list.region()),
        fields.optionalText("currency").orElse(list.currency()),
        prices);
  }

  private static Map<PriceItem, Price> prices(JsonFields list) {
    JsonFields fields = list.object("prices");
    List<String> labels = new ArrayList<>();
    fields.node().fieldNames().forEachRemaining(labels::add);
    Map<PriceItem, Price> prices = new EnumMap<>(PriceItem.class);
    for (String label : labels) {
      PriceItem item =
          PriceItem.of(label)
              .orElseThrow(() -> fields.invalid(label, "is none of " + knownLabels()));
      prices.put(item, price(item, fields.object(label)));
    }
    return prices;
  }

  private static Price price(PriceItem item, JsonFields fields) {
    if (!fields.text("unit").equals(item.unit().label())) {
      throw fields.invalid("unit", "is not '" + item.unit().label() + "'");
    }
    return new Price(
        item,
        value(fields),
        date(fields),
        fields.optionalText("quality").isPresent()
            ? fields.constant("quality", PriceQuality.class)
            : PriceQuality.OWN,
        fields.optionalText("source").orElse("given by the user"));
  }

  private static BigDecimal value(JsonFields fields) {
    String text = fields.text("value");
    if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,12})?")) {
      throw fields.invalid("value", "is not a price such as \"0.25\"");
    }
    return new BigDecimal(text);
  }

  private static Optional<LocalDate> date(JsonFields fields) {
    try {
      return fields.optionalText("asOf").map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw fields.invalid("asOf", "is not a date such as \"2026-08-09\"");
    }
  }

  private static String knownLabels() {
    return Arrays.stream(PriceItem.values())
        .map(PriceItem::label)
        .collect(Collectors.joining(", "));
  }
}
