// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a restore is about to do.
 *
 * @param source what errors and people call the recovery point or export
 * @param items in the recovery point; a selection can make it fewer
 * @param itemBytes their size by DynamoDB's rules; estimated for an export without a record
 * @param writeUnits that writing all of them takes, without secondary indexes
 * @param unitsPerSecond the write budget; empty is without limit
 * @param notes what is worth knowing before it is confirmed, one sentence each
 */
public record RestorePlan(
    String source,
    RestoreTarget target,
    long items,
    long itemBytes,
    long writeUnits,
    OptionalDouble unitsPerSecond,
    List<String> notes) {
  public RestorePlan {
    requireNonNull(source, "source is null");
    requireNonNull(target, "target is null");
    requireNonNull(unitsPerSecond, "unitsPerSecond is null");
    notes = List.copyOf(notes);
  }

  /** How long the budget makes the writing take at least; zero without a limit. */
  public Duration estimatedDuration() {
    return unitsPerSecond.isEmpty()
        ? Duration.ZERO
        : Duration.ofMillis((long) (writeUnits / unitsPerSecond.getAsDouble() * 1000));
  }

  /** Whether items of the target can be replaced or deleted, so that it has to be confirmed. */
  public boolean destructive() {
    return target instanceof RestoreTarget.ExistingTable existing
        && existing.onConflict() != ConflictPolicy.REQUIRE_EMPTY
        && existing.onConflict() != ConflictPolicy.SKIP
        && existing.onConflict() != ConflictPolicy.FAIL;
  }
}
