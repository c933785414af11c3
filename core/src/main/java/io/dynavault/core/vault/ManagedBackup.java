// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A backup that AWS keeps: an on-demand backup of DynamoDB, or a recovery point of AWS Backup.
 * Nothing of it lies in the vault but the record.
 *
 * @param arn what AWS calls it
 * @param sizeBytes its size, where AWS has told
 * @param itemCount its items, where AWS has told
 */
public record ManagedBackup(String arn, OptionalLong sizeBytes, OptionalLong itemCount)
    implements PointContent {
  /** Partition, service, region and account; what follows is the service's own. */
  private static final Pattern ARN =
      Pattern.compile("arn:[^:\\s]+:[^:\\s]+:[^:\\s]*:[^:\\s]*:\\S+");

  private static final int MAX_LENGTH = 1024;

  public ManagedBackup {
    requireNonNull(arn, "arn is null");
    if (arn.length() > MAX_LENGTH || !ARN.matcher(arn).matches()) {
      throw new IllegalArgumentException("the backup's ARN is not an ARN");
    }
    if (sizeBytes.orElse(0) < 0 || itemCount.orElse(0) < 0) {
      throw new IllegalArgumentException("sizeBytes or itemCount is negative");
    }
  }

  @Override
  public List<StoredFile> files() {
    return List.of();
  }

  @Override
  public long storedBytes() {
    return sizeBytes.orElse(0);
  }
}
