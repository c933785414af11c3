// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a backtrack has ended, or what it would do. Every key is in exactly one of unchanged, put,
 * replaced, deleted, filtered, changed and refused.
 *
 * @param keys that were looked at
 * @param unchanged items that are what they are to be
 * @param put items that are not in the table and were brought back
 * @param replaced items that got other attributes
 * @param deleted items that were not there and have gone
 * @param filtered items that the selection leaves out
 * @param changed items left alone because somebody else has changed them
 * @param refused items that the server refuses
 * @param expired of those put, items that DynamoDB had removed because they had expired
 * @param writeUnits consumed write units; of a plan, what it would take at least
 * @param throttles answers of the service that asked to slow down
 */
public record BacktrackResult(
    long keys,
    long unchanged,
    long put,
    long replaced,
    long deleted,
    long filtered,
    long changed,
    long refused,
    long expired,
    double writeUnits,
    long throttles,
    Duration duration) {
  public BacktrackResult {
    requireNonNull(duration, "duration is null");
  }

  /** Whether nothing was left alone that was to be something else. */
  public boolean complete() {
    return changed == 0 && refused == 0;
  }

  /** Items that were written or deleted, or would be. */
  public long actions() {
    return put + replaced + deleted;
  }
}
