// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A price and where it is from.
 *
 * @param value in the list's currency for one {@link PriceItem#unit()}
 * @param asOf the day the source stated it, where it bears a date
 * @param source who stated it
 */
public record Price(
    PriceItem item,
    BigDecimal value,
    Optional<LocalDate> asOf,
    PriceQuality quality,
    String source) {
  public Price {
    requireNonNull(item, "item is null");
    requireNonNull(value, "value is null");
    requireNonNull(asOf, "asOf is null");
    requireNonNull(quality, "quality is null");
    requireNonNull(source, "source is null");
    if (value.signum() < 0) {
      throw new IllegalArgumentException("price is negative: " + value);
    }
  }
}
