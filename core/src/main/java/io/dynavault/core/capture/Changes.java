// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.LateChanges;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Changes that are stored, and in no commit yet.
 *
 * @param lastTime the latest time of a change; empty where there is none
 */
record Changes(
    List<ChangeFile> files,
    ChangeCounts counts,
    Optional<LateChanges> late,
    Optional<Instant> lastTime) {
  static final Changes NONE =
      new Changes(List.of(), ChangeCounts.NONE, Optional.empty(), Optional.empty());

  Changes {
    files = List.copyOf(files);
    requireNonNull(counts, "counts is null");
    requireNonNull(late, "late is null");
    requireNonNull(lastTime, "lastTime is null");
  }
}
