// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.copy.CopyResult;
import io.dynavault.core.vault.RecoveryPointId;
import java.util.List;

/**
 * A chain that is in the target now.
 *
 * @param action COPY, or what made it unnecessary
 * @param volume what this run copied; files were there before where a run was cut short
 * @param bases recovery points that it brought with the chain
 */
public record ChainCopyResult(
    String tableName,
    RecoveryPointId chain,
    ChainCopyPlan.Action action,
    CopiedVolume volume,
    List<CopyResult> bases) {
  public ChainCopyResult {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(chain, "chain is null");
    requireNonNull(action, "action is null");
    requireNonNull(volume, "volume is null");
    bases = List.copyOf(bases);
  }

  /** Stored bytes that were copied: change files, and bases. */
  public long bytes() {
    return volume.bytes() + bases.stream().mapToLong(CopyResult::bytesCopied).sum();
  }
}
