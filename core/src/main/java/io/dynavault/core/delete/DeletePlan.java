// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import io.dynavault.core.vault.CatalogEntry;
import java.util.List;

/** What a deletion would do. */
public record DeletePlan(List<Step> steps) {
  public DeletePlan {
    steps = List.copyOf(steps);
  }

  /**
   * One recovery point.
   *
   * @param protections why it would be refused; empty where it would be deleted
   */
  public record Step(CatalogEntry entry, List<Protection> protections) {
    public Step {
      protections = List.copyOf(protections);
    }

    public boolean isRefused() {
      return !protections.isEmpty();
    }
  }

  /** Stored bytes that would be freed. */
  public long storedBytes() {
    return steps.stream()
        .filter(step -> !step.isRefused())
        .mapToLong(step -> step.entry().point().storedBytes())
        .sum();
  }
}
