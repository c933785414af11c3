// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.Lifecycle;

/**
 * A copy that a rule has made of each of its recovery points.
 *
 * @param vaultArn the vault it goes to, in any region or account
 */
public record PlanCopy(String vaultArn, Lifecycle lifecycle) {
  public PlanCopy {
    requireNonNull(vaultArn, "vaultArn is null");
    requireNonNull(lifecycle, "lifecycle is null");
  }
}
