// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** The prices of one region. */
public final class PriceList {
  private final String region;
  private final String currency;
  private final Map<PriceItem, Price> prices;

  PriceList(String region, String currency, Map<PriceItem, Price> prices) {
    this.region = requireNonNull(region, "region is null");
    this.currency = requireNonNull(currency, "currency is null");
    this.prices = new EnumMap<>(PriceItem.class);
    this.prices.putAll(prices);
  }

  /** The prices that Dynavault comes with: us-east-1, in USD. */
  public static PriceList builtIn() {
    try (InputStream in = PriceList.class.getResourceAsStream("prices.json")) {
      return PriceListParser.complete(requireNonNull(in, "prices.json is missing").readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The built-in prices with those of a file in their place. The file has the form of the built-in
   * one ({@code {"region":..,"currency":..,"prices":{"writeRequestUnit":{"value":"0.7",
   * "unit":"million"}}}}) and names only what differs.
   *
   * @throws DynavaultException CONFIG_INVALID if it cannot be read or names unknown items
   */
  public static PriceList builtInWith(Path file) {
    try {
      return PriceListParser.override(builtIn(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw invalid(file, "the file cannot be read", e);
    } catch (FormatException e) {
      throw invalid(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** AWS region the prices are for. */
  public String region() {
    return region;
  }

  /** Code of the currency, such as USD. */
  public String currency() {
    return currency;
  }

  /** The price of an item; a list has them all. */
  public Price price(PriceItem item) {
    Price price = prices.get(item);
    if (price == null) {
      throw new IllegalStateException("no price of " + item.label());
    }
    return price;
  }

  Map<PriceItem, Price> prices() {
    return prices;
  }

  private static DynavaultException invalid(Path file, String reason, Exception cause) {
    return new DynavaultException(
        ErrorCode.CONFIG_INVALID,
        "unable to read the prices in '%s': %s".formatted(file, reason),
        "write it as {\"region\":\"eu-west-1\",\"currency\":\"USD\",\"prices\":"
            + "{\"writeRequestUnit\":{\"value\":\"0.7\",\"unit\":\"million\"}}}",
        cause);
  }
}
