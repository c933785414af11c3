// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the capture of a table has ended.
 *
 * @param chain that was written last; empty where there was no table
 * @param completeTo the last second that is in the vault; empty where nothing was committed
 * @param commits of this run
 * @param changes of this run
 * @param gaps chains that ended in this run
 */
public record CaptureResult(
    String tableName,
    Optional<RecoveryPointId> chain,
    Optional<Instant> completeTo,
    long commits,
    ChangeCounts changes,
    List<ChainEnd> gaps) {
  public CaptureResult {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(chain, "chain is null");
    requireNonNull(completeTo, "completeTo is null");
    requireNonNull(changes, "changes is null");
    gaps = List.copyOf(gaps);
  }
}
