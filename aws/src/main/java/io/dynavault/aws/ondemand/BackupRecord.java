// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The recovery point that an on-demand backup is recorded as. */
final class BackupRecord {
  /**
   * The content has everything that was committed up to a minute before the request and nothing of
   * later than a minute after it; what was written between may be in it or not (API reference,
   * "CreateBackup").
   */
  static final Duration FUZZINESS = Duration.ofMinutes(1);

  private BackupRecord() {}

  static RecoveryPoint of(
      BackupInfo backup,
      TableDefinition table,
      Map<String, String> tags,
      Optional<Duration> deleteAfter,
      String toolVersion) {
    return new RecoveryPoint(
        backup.arn().id(),
        Method.ON_DEMAND,
        table,
        backup.created().minus(FUZZINESS),
        backup.created().plus(FUZZINESS),
        new ManagedBackup(backup.arn().text(), backup.sizeBytes(), backup.itemCount()),
        RecoveryPoint.Consistency.NON_CONSISTENT,
        false,
        deleteAfter.map(age -> backup.created().plus(age)),
        tags,
        toolVersion);
  }
}
