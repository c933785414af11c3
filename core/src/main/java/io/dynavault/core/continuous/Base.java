// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A recovery point whose items, together with the changes of a chain, give the table at any second
 * from some time on.
 *
 * @param afterCommit changes up to and with this commit are in the base; 0 for none
 * @param changesSince of the commits after it, up to and with {@code completeWith}, changes before
 *     this time are in the base, too: of a base that was made of an older one and its changes
 * @param completeWith with this commit, every change is there that the base may have seen
 * @param restorableFrom the first second to which it can be rolled
 */
public record Base(
    RecoveryPointId chain,
    RecoveryPointId recoveryPoint,
    long afterCommit,
    Optional<Instant> changesSince,
    long completeWith,
    Instant restorableFrom) {
  public Base {
    requireNonNull(chain, "chain is null");
    requireNonNull(recoveryPoint, "recoveryPoint is null");
    requireNonNull(changesSince, "changesSince is null");
    requireNonNull(restorableFrom, "restorableFrom is null");
    if (afterCommit < 0 || completeWith < afterCommit) {
      throw new IllegalArgumentException(
          "afterCommit is negative or after completeWith: " + afterCommit + ", " + completeWith);
    }
    if (!restorableFrom.equals(restorableFrom.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("restorableFrom is not a whole second");
    }
  }
}
