// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.RecoveryPoint;
import java.time.Duration;
import java.util.List;

/**
 * What a run has made of a table.
 *
 * @param recoveryPoints the new one last; before it those that earlier runs had begun
 * @param notes what is worth knowing, one sentence each
 */
public record OnDemandResult(
    String tableName, List<RecoveryPoint> recoveryPoints, Duration duration, List<String> notes) {
  public OnDemandResult {
    requireNonNull(tableName, "tableName is null");
    recoveryPoints = List.copyOf(recoveryPoints);
    requireNonNull(duration, "duration is null");
    notes = List.copyOf(notes);
  }
}
