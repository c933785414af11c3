// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compact;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.export.ExportOutline;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint.Consistency;
import io.dynavault.core.vault.RecoveryPointId;

/**
 * What a compaction is about to do.
 *
 * @param id of the recovery point that it makes
 * @param content the table at a moment, and what it is made of
 * @param options how the backup is written; no table is read, so its read capacity means nothing
 */
public record CompactPlan(RecoveryPointId id, MomentPlan content, BackupOptions options) {
  public CompactPlan {
    requireNonNull(id, "id is null");
    requireNonNull(content, "content is null");
    requireNonNull(options, "options is null");
  }

  public String tableName() {
    return content.tableName();
  }

  /** The export that it makes: of the table as it was defined when the base was made. */
  ExportOutline outline() {
    return new ExportOutline(
        id,
        Method.SCAN,
        content.base().table(),
        content.moment(),
        Consistency.POINT_IN_TIME,
        options.outputFormat(),
        options.codec(),
        false,
        options.deleteAfter().map(content.moment()::plus),
        options.tags());
  }
}
