// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import java.util.List;

/**
 * What was removed.
 *
 * @param uploads number of unfinished uploads that were discarded
 * @param left what turned out to be in use
 * @param failed what could not be removed, wholly or in part
 */
public record GcResult(
    List<Debris> removed, int uploads, List<GcPlan.Left> left, List<Failed> failed) {
  public GcResult {
    removed = List.copyOf(removed);
    left = List.copyOf(left);
    failed = List.copyOf(failed);
  }

  /** A find that could not be removed. */
  public record Failed(Debris debris, DynavaultException reason) {
    public Failed {
      requireNonNull(debris, "debris is null");
      requireNonNull(reason, "reason is null");
    }
  }

  public long removedBytes() {
    return removed.stream().mapToLong(Debris::bytes).sum();
  }
}
