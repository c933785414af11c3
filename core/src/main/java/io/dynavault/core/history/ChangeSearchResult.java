// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChangeCounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a search has found.
 *
 * @param counts of all changes that were looked for, handed out or not
 * @param unknown parts of the span of which no chain has the changes, oldest first
 * @param otherKey parts of the span in which the table, before it was created anew, had another
 *     key: their changes are left out
 * @param completeTo changes from this time on are not all there yet; empty where no chain has got
 *     anywhere
 */
public record ChangeSearchResult(
    ChangeCounts counts,
    List<TimeSpan> unknown,
    List<TimeSpan> otherKey,
    Optional<Instant> completeTo) {
  public ChangeSearchResult {
    requireNonNull(counts, "counts is null");
    unknown = List.copyOf(unknown);
    otherKey = List.copyOf(otherKey);
    requireNonNull(completeTo, "completeTo is null");
  }
}
