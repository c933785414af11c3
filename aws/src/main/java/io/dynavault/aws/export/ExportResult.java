// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.RecoveryPoint;
import java.time.Duration;
import java.util.List;

/**
 * How the exports of a table ended.
 *
 * @param recoveryPoints what is in the vault now; none where there was nothing to export yet
 * @param duration of this run
 * @param notes what is worth knowing, one sentence each
 */
public record ExportResult(
    String tableName, List<RecoveryPoint> recoveryPoints, Duration duration, List<String> notes) {
  public ExportResult {
    requireNonNull(tableName, "tableName is null");
    recoveryPoints = List.copyOf(recoveryPoints);
    requireNonNull(duration, "duration is null");
    notes = List.copyOf(notes);
  }
}
