// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.ondemand.BackupArn;
import java.time.Instant;
import java.util.Optional;

/** What AWS restores a table from. */
public sealed interface RestoreSource {

  /** Region that has it. */
  String region();

  /** Name of the table that it is of. */
  String tableName();

  /** For people. */
  String text();

  /** An on-demand backup. */
  record Backup(BackupArn arn) implements RestoreSource {
    public Backup {
      requireNonNull(arn, "arn is null");
    }

    @Override
    public String region() {
      return arn.region();
    }

    @Override
    public String tableName() {
      return arn.tableName();
    }

    @Override
    public String text() {
      return arn.text();
    }
  }

  /**
   * A table as it was.
   *
   * @param time to the second; empty is the latest that can be restored
   */
  record PointInTime(String region, String tableName, Optional<Instant> time)
      implements RestoreSource {
    public PointInTime {
      requireNonNull(region, "region is null");
      requireNonNull(tableName, "tableName is null");
      requireNonNull(time, "time is null");
    }

    @Override
    public String text() {
      return "table '%s' at %s"
          .formatted(tableName, time.map(Instant::toString).orElse("its latest restorable time"));
    }
  }
}
