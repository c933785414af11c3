// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.TableDefinition;
import java.util.List;

/**
 * A backup by AWS Backup that is going to be made.
 *
 * @param table as it is now; AWS does not keep all of it
 * @param estimatedItems by AWS's count of some hours ago
 * @param estimatedBytes as {@code estimatedItems}
 * @param notes what is worth knowing, one sentence each
 */
public record AwsBackupPlan(
    AwsBackupRequest request,
    TableDefinition table,
    long estimatedItems,
    long estimatedBytes,
    List<String> notes) {
  public AwsBackupPlan {
    requireNonNull(request, "request is null");
    requireNonNull(table, "table is null");
    notes = List.copyOf(notes);
  }

  public String tableName() {
    return table.tableName();
  }
}
