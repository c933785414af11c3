// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.core.capacity.CapacityBudget;
import java.util.Optional;

/** Capacity budgets as variants of a task. */
public final class Budgets {
  private static final String PREFIX = "budget=";

  private Budgets() {}

  /** The variant that means this budget, such as {@code 50%} or {@code 600}. */
  public static String variant(String budget) {
    return PREFIX + budget;
  }

  static Optional<CapacityBudget> of(String variant) {
    return variant.startsWith(PREFIX)
        ? Optional.of(CapacityBudget.parse(variant.substring(PREFIX.length())))
        : Optional.empty();
  }
}
