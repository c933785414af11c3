// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.cost;

import java.math.BigDecimal;
import java.math.BigInteger;

/** For how much of something AWS states a price. A GB is 2^30 bytes. */
public enum PriceUnit {
  /** A million request units. */
  MILLION("million", BigInteger.TEN.pow(6)),
  /** A thousand requests. */
  THOUSAND("thousand", BigInteger.TEN.pow(3)),
  /** A GB once. */
  GB("GB", BigInteger.TWO.pow(30)),
  /** A GB kept for a month. */
  GB_MONTH("GB-month", BigInteger.TWO.pow(30));

  private final String label;
  private final BigDecimal size;

  PriceUnit(String label, BigInteger size) {
    this.label = label;
    this.size = new BigDecimal(size);
  }

  /** The unit as price files and output write it. */
  public String label() {
    return label;
  }

  /** How many of this unit so many requests or bytes are; exact. */
  BigDecimal quantity(BigInteger count) {
    return new BigDecimal(count).divide(size);
  }
}
