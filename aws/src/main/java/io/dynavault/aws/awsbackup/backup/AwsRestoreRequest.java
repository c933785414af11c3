// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.RestoreOrder;
import io.dynavault.core.vault.RecoveryPoint;

/**
 * A restore of a recovery point of the method AWS_BACKUP into a new table.
 *
 * @param point whose content AWS keeps
 * @param target name of the new table
 * @param encryption all that AWS lets one choose
 * @param role ARN of the role that AWS Backup takes on
 */
public record AwsRestoreRequest(
    RecoveryPoint point, String target, RestoreOrder.Encryption encryption, String role) {
  public AwsRestoreRequest {
    requireNonNull(point, "point is null");
    requireNonNull(target, "target is null");
    requireNonNull(encryption, "encryption is null");
    requireNonNull(role, "role is null");
  }
}
