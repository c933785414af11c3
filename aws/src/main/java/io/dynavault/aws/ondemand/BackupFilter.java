// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/**
 * Which backups are listed.
 *
 * @param tableName only of this table; also of one that is gone
 * @param from only those made at this time or later
 * @param to only those made before this time
 */
public record BackupFilter(
    Optional<String> tableName, Types types, Optional<Instant> from, Optional<Instant> to) {

  /** Backups made by whom. */
  public enum Types {
    USER,
    SYSTEM,
    AWS_BACKUP,
    ALL
  }

  public BackupFilter {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(types, "types is null");
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to list backups from " + from.get() + " to " + to.get() + ": the end is before",
          "give the earlier time first");
    }
  }

  /** Those of a table that somebody made, whenever. */
  public static BackupFilter ofTable(String tableName) {
    return new BackupFilter(Optional.of(tableName), Types.USER, Optional.empty(), Optional.empty());
  }
}
