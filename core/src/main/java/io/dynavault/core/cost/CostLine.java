// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * One item on the bill.
 *
 * @param what what is paid for, in words
 * @param count requests, request units or bytes
 */
public record CostLine(String what, BigInteger count, Price price) {
  public CostLine {
    requireNonNull(what, "what is null");
    requireNonNull(count, "count is null");
    requireNonNull(price, "price is null");
  }

  /** The count in the price's unit; exact. */
  public BigDecimal quantity() {
    return price.item().unit().quantity(count);
  }

  /** Quantity times price; exact. */
  public BigDecimal amount() {
    return quantity().multiply(price.value());
  }
}
