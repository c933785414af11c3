// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSnapshot;
import java.time.InstantSource;

/** Plans on-demand backups: reads the table's whole definition and gives the backup its name. */
public final class OnDemandPlanner {
  private final TableDescriber describer;
  private final InstantSource clock;

  public OnDemandPlanner(TableDescriber describer, InstantSource clock) {
    this.describer = requireNonNull(describer, "describer is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Plans the backup of a table; asks for nothing to be made.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code TABLE_NOT_FOUND}, or {@code
   *     NAME_INVALID} for a prefix that AWS does not take
   */
  public OnDemandPlan plan(String tableName, OnDemandOptions options) {
    TableSnapshot table = describer.describe(tableName);
    return new OnDemandPlan(
        table.definition(),
        BackupName.of(options.namePrefix(), tableName, clock.instant()),
        table.itemCount(),
        table.tableSizeBytes(),
        options);
  }
}
