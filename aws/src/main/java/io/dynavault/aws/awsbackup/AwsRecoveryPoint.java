// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A recovery point of AWS Backup.
 *
 * @param vault name of its vault
 * @param status such as COMPLETED, AVAILABLE, EXPIRED, DELETING
 * @param storageClass WARM or COLD, where it is told
 * @param coldAt when it is moved to cold storage
 * @param deleteAt when it is deleted
 */
public record AwsRecoveryPoint(
    String arn,
    String vault,
    Optional<String> resourceArn,
    String status,
    Optional<Instant> created,
    OptionalLong bytes,
    Optional<String> storageClass,
    Optional<Lifecycle> lifecycle,
    Optional<Instant> coldAt,
    Optional<Instant> deleteAt,
    Optional<String> key,
    Optional<String> message) {

  public AwsRecoveryPoint {
    requireNonNull(arn, "arn is null");
    requireNonNull(vault, "vault is null");
    requireNonNull(resourceArn, "resourceArn is null");
    requireNonNull(status, "status is null");
    requireNonNull(created, "created is null");
    requireNonNull(bytes, "bytes is null");
    requireNonNull(storageClass, "storageClass is null");
    requireNonNull(lifecycle, "lifecycle is null");
    requireNonNull(coldAt, "coldAt is null");
    requireNonNull(deleteAt, "deleteAt is null");
    requireNonNull(key, "key is null");
    requireNonNull(message, "message is null");
  }

  /** The table's name, where it is one's. */
  public Optional<String> table() {
    return resourceArn.flatMap(TableArns::table).or(() -> TableArns.table(arn));
  }

  /**
   * Whether it was made with the advanced features for DynamoDB: only then it can be copied, made
   * cold and tagged.
   */
  public boolean isAdvanced() {
    return TableArns.table(arn).isEmpty();
  }

  /** Whether a table can be restored from it. */
  public boolean isRestorable() {
    return status.equals("COMPLETED") || status.equals("AVAILABLE") || status.equals("EXPIRED");
  }
}
