// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capacity;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.math.BigDecimal;
import java.util.OptionalDouble;

/**
 * How much of a table's throughput a run may use, in the user's words. Its text can be parsed
 * again.
 */
public sealed interface CapacityBudget {

  /**
   * The budget in units per second; empty is without limit.
   *
   * @param capacity the table's provisioned units per second, or the maximum of an on-demand table
   *     that has one
   * @throws DynavaultException {@code USAGE} for a share of a capacity that nobody set
   */
  OptionalDouble unitsPerSecond(OptionalDouble capacity);

  /** As much as the table gives; slows down when the service asks for it. */
  record Unlimited() implements CapacityBudget {
    @Override
    public OptionalDouble unitsPerSecond(OptionalDouble capacity) {
      return OptionalDouble.empty();
    }

    @Override
    public String toString() {
      return "unlimited";
    }
  }

  /** A number of units per second. */
  record Units(double perSecond) implements CapacityBudget {
    public Units {
      if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
        throw new IllegalArgumentException("units per second must be above 0: " + perSecond);
      }
    }

    @Override
    public OptionalDouble unitsPerSecond(OptionalDouble capacity) {
      return OptionalDouble.of(perSecond);
    }

    @Override
    public String toString() {
      return plain(perSecond);
    }
  }

  /** A share of the table's own capacity. */
  record Share(double percent) implements CapacityBudget {
    public Share {
      if (!(percent > 0 && percent <= 100)) {
        throw new IllegalArgumentException("percent must be above 0 and at most 100: " + percent);
      }
    }

    @Override
    public OptionalDouble unitsPerSecond(OptionalDouble capacity) {
      if (capacity.isEmpty()) {
        throw new DynavaultException(
            ErrorCode.USAGE,
            "unable to take "
                + this
                + " of the table's capacity: the table is on-demand and has no"
                + " maximum",
            "give the budget in units per second, such as 500");
      }
      return OptionalDouble.of(capacity.getAsDouble() * percent / 100);
    }

    @Override
    public String toString() {
      return plain(percent) + "%";
    }
  }

  /** Reads {@code 50%}, {@code 200} (units per second) or {@code unlimited}. */
  static CapacityBudget parse(String text) {
    String trimmed = text.strip();
    try {
      if (trimmed.equals("unlimited")) {
        return new Unlimited();
      }
      if (trimmed.endsWith("%")) {
        return new Share(Double.parseDouble(trimmed.substring(0, trimmed.length() - 1)));
      }
      return new Units(Double.parseDouble(trimmed));
    } catch (IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to read the capacity '" + trimmed + "'",
          "write a share such as 50%, units per second such as 200, or unlimited",
          e);
    }
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
