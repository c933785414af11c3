// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.Lifecycle;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A backup of one table by AWS Backup, as it is asked for.
 *
 * @param backupVault name of the vault of AWS Backup
 * @param role ARN of the role that AWS Backup takes on
 * @param lifecycle that AWS keeps to, whatever holds and locks of our vault say
 * @param tags of the recovery point in our vault
 * @param deleteAfter age at which expire may delete it
 */
public record AwsBackupRequest(
    String tableName,
    String backupVault,
    String role,
    Lifecycle lifecycle,
    Map<String, String> tags,
    Optional<Duration> deleteAfter) {
  public AwsBackupRequest {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(backupVault, "backupVault is null");
    requireNonNull(role, "role is null");
    requireNonNull(lifecycle, "lifecycle is null");
    tags = Map.copyOf(tags);
    requireNonNull(deleteAfter, "deleteAfter is null");
  }
}
