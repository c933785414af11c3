// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a copy job is started with.
 *
 * @param vault name of the vault that the recovery point is in
 * @param targetVaultArn the vault it goes to, in any region or account
 * @param role ARN of the role that AWS Backup takes on
 * @param lifecycle of the copy; empty for that of the source
 * @param token the same one starts the job once only
 */
public record CopyOrder(
    String recoveryPointArn,
    String vault,
    String targetVaultArn,
    String role,
    Optional<Lifecycle> lifecycle,
    String token) {
  public CopyOrder {
    requireNonNull(recoveryPointArn, "recoveryPointArn is null");
    requireNonNull(vault, "vault is null");
    requireNonNull(targetVaultArn, "targetVaultArn is null");
    requireNonNull(role, "role is null");
    requireNonNull(lifecycle, "lifecycle is null");
    requireNonNull(token, "token is null");
  }
}
