// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many items got which decision; counts for any number of threads. */
public final class DecisionCounts {
  private final Map<ItemDecision, LongAdder> counts = new EnumMap<>(ItemDecision.class);

  public DecisionCounts() {
    for (ItemDecision decision : ItemDecision.values()) {
      counts.put(decision, new LongAdder());
    }
  }

  public void add(ItemDecision decision) {
    adder(decision).increment();
  }

  public long count(ItemDecision decision) {
    return adder(decision).sum();
  }

  /** Items that were not selected, for whatever reason. */
  public long skipped() {
    return counts.values().stream().mapToLong(LongAdder::sum).sum() - count(ItemDecision.SELECTED);
  }

  private LongAdder adder(ItemDecision decision) {
    LongAdder adder = counts.get(decision);
    if (adder == null) {
      throw new IllegalStateException("no counter for " + decision);
    }
    return adder;
  }
}
