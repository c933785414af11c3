// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A table that AWS Backup has backed up.
 *
 * @param vault name of the vault of its last recovery point
 * @param recoveryPointArn the last one
 */
public record ProtectedTable(
    String arn,
    Optional<Instant> lastBackup,
    Optional<String> vault,
    Optional<String> recoveryPointArn) {
  public ProtectedTable {
    requireNonNull(arn, "arn is null");
    requireNonNull(lastBackup, "lastBackup is null");
    requireNonNull(vault, "vault is null");
    requireNonNull(recoveryPointArn, "recoveryPointArn is null");
  }

  public String name() {
    return TableArns.table(arn).orElse(arn);
  }
}
