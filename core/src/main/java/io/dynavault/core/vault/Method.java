// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

/** How a recovery point was made. */
public enum Method {
  /** Parallel scan by this engine. */
  SCAN,
  /** DynamoDB's export to S3. */
  EXPORT,
  /** DynamoDB's on-demand backup. */
  ON_DEMAND,
  /** AWS Backup. */
  AWS_BACKUP;

  /** Whether AWS keeps the items, and the vault nothing but the record. */
  public boolean isManaged() {
    return this == ON_DEMAND || this == AWS_BACKUP;
  }
}
