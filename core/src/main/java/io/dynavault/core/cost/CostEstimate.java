// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What backing up, keeping and restoring a table costs on AWS by each method. Free tiers, taxes,
 * encryption keys and traffic between regions are left out.
 *
 * @param options one for each {@link CostMethod}, in its order
 */
public record CostEstimate(PriceList prices, List<CostOption> options) {
  public CostEstimate {
    requireNonNull(prices, "prices is null");
    options = List.copyOf(options);
  }

  /** Estimates every method with these prices. */
  public static CostEstimate of(CostRequest request, PriceList prices) {
    return new CostEstimate(prices, new CostCalculation(request, prices).options());
  }

  /** The option for a method. */
  public CostOption option(CostMethod method) {
    return options.stream()
        .filter(option -> option.method() == method)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no estimate of " + method));
  }
}
