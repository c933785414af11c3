// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.copy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.RecoveryPoint;

/**
 * A recovery point that is in the target now.
 *
 * @param action COPY, or SKIP where it was there before
 * @param filesCopied files that this run copied; the others were there from one before
 * @param bytesCopied their size
 */
public record CopyResult(
    RecoveryPoint point, CopyPlan.Action action, int filesCopied, long bytesCopied) {
  public CopyResult {
    requireNonNull(point, "point is null");
    requireNonNull(action, "action is null");
  }
}
