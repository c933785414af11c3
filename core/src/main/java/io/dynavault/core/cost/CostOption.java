// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;

/**
 * What one method costs.
 *
 * @param notes what the reckoning assumes or leaves out
 */
public record CostOption(CostMethod method, List<CostLine> lines, List<String> notes) {
  public CostOption {
    requireNonNull(method, "method is null");
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }

  /** The sum of the lines; exact. */
  public BigDecimal total() {
    return lines.stream().map(CostLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The quality of the least trustworthy price. */
  public PriceQuality quality() {
    return lines.stream()
        .map(line -> line.price().quality())
        .filter(quality -> quality != PriceQuality.OWN)
        .max(Enum::compareTo)
        .orElse(PriceQuality.OWN);
  }
}
