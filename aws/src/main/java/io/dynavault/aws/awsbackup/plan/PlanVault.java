// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.VaultNotifications;
import io.dynavault.aws.awsbackup.VaultRetention;
import java.util.Map;
import java.util.Optional;

/**
 * A vault of AWS Backup as a document wants it.
 *
 * @param key ARN of its key; empty for AWS's own. Cannot be changed later
 * @param tags empty where nothing is said
 * @param policy its access policy as JSON, without blanks that say nothing
 */
public record PlanVault(
    String name,
    Optional<String> key,
    Wanted<Map<String, String>> tags,
    Wanted<VaultRetention> lock,
    Wanted<String> policy,
    Wanted<VaultNotifications> notifications) {

  public PlanVault {
    requireNonNull(name, "name is null");
    requireNonNull(key, "key is null");
    requireNonNull(tags, "tags is null");
    requireNonNull(lock, "lock is null");
    requireNonNull(policy, "policy is null");
    requireNonNull(notifications, "notifications is null");
  }

  /** A vault of which only the name is said. */
  static PlanVault asItIs(String name) {
    return new PlanVault(
        name, Optional.empty(), Wanted.asItIs(), Wanted.asItIs(), Wanted.asItIs(), Wanted.asItIs());
  }
}
