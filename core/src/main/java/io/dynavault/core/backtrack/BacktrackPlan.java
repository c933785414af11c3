// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;

/**
 * What a table is to be rolled back to, and whose changes say how.
 *
 * @param table as it is now
 * @param log the chain that has all changes since the time
 * @param completeTo the chain has all changes before this time
 * @param lastCommit the last commit that is looked at
 */
public record BacktrackPlan(
    TableDefinition table,
    BacktrackRequest request,
    ChainLog log,
    Instant completeTo,
    long lastCommit) {
  public BacktrackPlan {
    requireNonNull(table, "table is null");
    requireNonNull(request, "request is null");
    requireNonNull(log, "log is null");
    requireNonNull(completeTo, "completeTo is null");
  }

  public RecoveryPointId chain() {
    return log.chain().id();
  }
}
