// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * That the first commits of a chain have expired: nobody reads them any more, whether they are
 * still there or not.
 *
 * @param throughCommit this commit and those before it
 * @param completeFrom every change that was made then or later is still in the chain
 * @param written by the clock of the writer
 */
public record Expiry(
    RecoveryPointId chain, long throughCommit, Instant completeFrom, Instant written) {
  public Expiry {
    requireNonNull(chain, "chain is null");
    requireNonNull(completeFrom, "completeFrom is null");
    requireNonNull(written, "written is null");
    if (throughCommit < 1) {
      throw new IllegalArgumentException("not the number of a commit: " + throughCommit);
    }
    if (!completeFrom.equals(completeFrom.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("completeFrom is not a whole second");
    }
  }
}
