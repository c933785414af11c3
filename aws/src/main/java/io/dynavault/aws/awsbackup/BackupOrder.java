// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What a backup job is started with.
 *
 * @param vault name of the vault
 * @param resourceArn of the table
 * @param role ARN of the role that AWS Backup takes on
 * @param tags of the recovery point
 * @param startWindowMinutes empty for AWS's 8 hours
 * @param completeWindowMinutes empty for AWS's 7 days
 * @param token the same one starts the job once only
 */
public record BackupOrder(
    String vault,
    String resourceArn,
    String role,
    Lifecycle lifecycle,
    Map<String, String> tags,
    OptionalLong startWindowMinutes,
    OptionalLong completeWindowMinutes,
    String token) {
  public BackupOrder {
    requireNonNull(vault, "vault is null");
    requireNonNull(resourceArn, "resourceArn is null");
    requireNonNull(role, "role is null");
    requireNonNull(lifecycle, "lifecycle is null");
    tags = Map.copyOf(tags);
    requireNonNull(startWindowMinutes, "startWindowMinutes is null");
    requireNonNull(completeWindowMinutes, "completeWindowMinutes is null");
    requireNonNull(token, "token is null");
  }
}
