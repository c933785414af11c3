// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Chain;
import java.time.Instant;

/**
 * What base is wanted.
 *
 * @param afterCommit everything up to this commit was read from the stream before the base begins
 * @param restorableFrom a second that began after it was read
 * @param newerThan one that was made before counts only if it is restorable from a later second
 * @param firstCommit the first commit that has not expired
 */
public record BaseOrder(
    Chain chain, long afterCommit, Instant restorableFrom, Instant newerThan, long firstCommit) {
  public BaseOrder {
    requireNonNull(chain, "chain is null");
    requireNonNull(restorableFrom, "restorableFrom is null");
    requireNonNull(newerThan, "newerThan is null");
  }

  /** Whether a base that was begun before is as good. */
  boolean isMetBy(ScannedPoint made) {
    return made.restorableFrom().isAfter(newerThan) && made.afterCommit() + 1 >= firstCommit;
  }
}
