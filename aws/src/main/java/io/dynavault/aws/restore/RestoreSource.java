// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.ondemand.BackupArn;
import io.dynavault.core.table.TableDefinition;
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
   * A recovery point that AWS Backup keeps.
   *
   * @param arn of the recovery point
   * @param table as it was, from the vault's record: AWS Backup does not tell it
   * @param sizeBytes as AWS told when it was made; 0 where it did not
   * @param role ARN of the role that AWS Backup takes on
   */
  record Job(String arn, TableDefinition table, long sizeBytes, String role)
      implements RestoreSource {
    public Job {
      requireNonNull(arn, "arn is null");
      requireNonNull(table, "table is null");
      requireNonNull(role, "role is null");
    }

    @Override
    public String region() {
      return arn.split(":", 5)[3];
    }

    @Override
    public String tableName() {
      return table.tableName();
    }

    @Override
    public String text() {
      return arn;
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
