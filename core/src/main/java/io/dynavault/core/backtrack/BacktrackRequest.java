// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What is to be rolled back to what. Times are those of changes, in whole seconds: fractions are
 * cut off.
 *
 * @param toTime items become what they were at this second: before what changed in it
 * @param changedFrom only items that have changed at or after this time; empty for {@code toTime}
 * @param changedTo only items that have changed before this time; empty for now
 * @param unlessChangedSince items that have changed at or after this time are left alone
 * @param selection keys, and a filter on what items are or were
 */
public record BacktrackRequest(
    Instant toTime,
    Optional<Instant> changedFrom,
    Optional<Instant> changedTo,
    Optional<Instant> unlessChangedSince,
    ItemSelection selection) {
  public BacktrackRequest {
    toTime = toTime.truncatedTo(ChronoUnit.SECONDS);
    changedFrom = changedFrom.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
    changedTo = changedTo.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
    unlessChangedSince = unlessChangedSince.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
    requireNonNull(selection, "selection is null");
    Instant from = changedFrom.orElse(toTime);
    if (changedTo.filter(to -> !to.isAfter(from)).isPresent()) {
      throw new DynavaultException(
          ErrorCode.TIME_INVALID,
          "unable to roll back what changed before %s and not before %s: nothing did"
              .formatted(changedTo.get(), from),
          "give an end of the span that is after its begin and after the time to go back to");
    }
  }

  /** All items. */
  public static BacktrackRequest everything(Instant toTime) {
    return new BacktrackRequest(
        toTime, Optional.empty(), Optional.empty(), Optional.empty(), ItemSelection.everything());
  }

  /** Whether a change at this time makes an item one that is to be rolled back. */
  boolean isInSpan(Instant time) {
    return !time.isBefore(changedFrom.orElse(toTime))
        && changedTo.filter(to -> !time.isBefore(to)).isEmpty();
  }
}
