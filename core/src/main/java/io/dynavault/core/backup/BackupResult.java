// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.RecoveryPoint;
import java.time.Duration;
import java.util.List;

/**
 * How a backup ended.
 *
 * @param recoveryPoint what is in the vault now
 * @param duration of this run; a resumed run counts from its resumption
 * @param readUnits capacity that this run consumed
 * @param throttles answers that asked to slow down
 * @param resumedFiles data files that an earlier, unfinished run had already stored
 * @param notes what went wrong without harm to the recovery point, one sentence each
 */
public record BackupResult(
    RecoveryPoint recoveryPoint,
    Duration duration,
    double readUnits,
    long throttles,
    int resumedFiles,
    List<String> notes) {
  public BackupResult {
    requireNonNull(recoveryPoint, "recoveryPoint is null");
    requireNonNull(duration, "duration is null");
    notes = List.copyOf(notes);
  }
}
