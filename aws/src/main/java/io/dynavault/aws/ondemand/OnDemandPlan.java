// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.TableDefinition;

/**
 * An on-demand backup that is going to be made.
 *
 * @param table as it is now; AWS does not keep all of it
 * @param estimatedItems by AWS's count of some hours ago
 * @param estimatedBytes as {@code estimatedItems}
 */
public record OnDemandPlan(
    TableDefinition table,
    BackupName name,
    long estimatedItems,
    long estimatedBytes,
    OnDemandOptions options) {
  public OnDemandPlan {
    requireNonNull(table, "table is null");
    requireNonNull(name, "name is null");
    requireNonNull(options, "options is null");
  }

  public String tableName() {
    return table.tableName();
  }
}
