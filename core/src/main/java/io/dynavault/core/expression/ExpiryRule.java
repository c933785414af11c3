// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.item.Item;
import io.dynavault.format.item.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells which items time to live would have deleted by some instant. As DynamoDB, it leaves items
 * alone whose attribute is not a number or lies more than five years back: those are more likely
 * not times at all (DynamoDB Developer Guide, "Using time to live (TTL)").
 *
 * @param attribute name of the table's TTL attribute: a number, seconds since 1970
 * @param at items that expired before this instant are expired
 */
public record ExpiryRule(String attribute, Instant at) {
  private static final Duration OLDEST = Duration.ofDays(5 * 365);

  public ExpiryRule {
    requireNonNull(attribute, "attribute is null");
    requireNonNull(at, "at is null");
  }

  /** Whether the item is expired. */
  public boolean expired(Item item) {
    return item.attribute(attribute)
        .filter(value -> value instanceof Value.N number && expired(number.value()))
        .isPresent();
  }

  private boolean expired(String seconds) {
    BigDecimal expiry = new BigDecimal(seconds);
    return expiry.compareTo(seconds(at)) < 0 && expiry.compareTo(seconds(at.minus(OLDEST))) >= 0;
  }

  private static BigDecimal seconds(Instant instant) {
    return BigDecimal.valueOf(instant.getEpochSecond());
  }
}
