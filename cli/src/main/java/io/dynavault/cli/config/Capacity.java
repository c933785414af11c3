// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

/**
 * How much of a table's capacity may be used.
 *
 * @param amount percent of the table's own capacity, or capacity units per second
 */
public record Capacity(double amount, Unit unit) {

  /** What {@link Capacity#amount} counts. */
  public enum Unit {
    PERCENT,
    UNITS_PER_SECOND
  }

  public Capacity {
    if (!(amount > 0) || (unit == Unit.PERCENT && amount > 100)) {
      throw new IllegalArgumentException("amount is out of range: " + amount);
    }
  }

  static Capacity share(double percent) {
    return new Capacity(percent, Unit.PERCENT);
  }

  static Capacity unitsPerSecond(double units) {
    return new Capacity(units, Unit.UNITS_PER_SECOND);
  }
}
