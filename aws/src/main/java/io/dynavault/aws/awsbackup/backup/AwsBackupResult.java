// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.RecoveryPoint;
import java.time.Duration;
import java.util.List;

/**
 * What a run has recorded.
 *
 * @param recoveryPoints the new one last; those of earlier, unfinished runs before it
 * @param notes what is worth knowing, one sentence each
 */
public record AwsBackupResult(
    String tableName, List<RecoveryPoint> recoveryPoints, Duration duration, List<String> notes) {
  public AwsBackupResult {
    requireNonNull(tableName, "tableName is null");
    recoveryPoints = List.copyOf(recoveryPoints);
    requireNonNull(duration, "duration is null");
    notes = List.copyOf(notes);
  }
}
