// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;

/**
 * A recovery point that was made to be a base.
 *
 * @param afterCommit it has all changes up to and with this commit
 * @param restorableFrom the first second to which it can be rolled
 */
public record ScannedPoint(RecoveryPointId id, long afterCommit, Instant restorableFrom) {
  public ScannedPoint {
    requireNonNull(id, "id is null");
    requireNonNull(restorableFrom, "restorableFrom is null");
  }
}
