// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A vault of AWS Backup as it is in the account.
 *
 * @param locked whether recovery points are protected from deletion, in whichever mode
 * @param lockDate when the lock is final; empty in governance mode
 */
public record AwsVault(
    String name,
    String arn,
    Optional<String> key,
    Optional<Instant> created,
    Optional<String> creatorRequestId,
    long recoveryPoints,
    boolean locked,
    OptionalInt minDays,
    OptionalInt maxDays,
    Optional<Instant> lockDate) {

  public AwsVault {
    requireNonNull(name, "name is null");
    requireNonNull(arn, "arn is null");
    requireNonNull(key, "key is null");
    requireNonNull(created, "created is null");
    requireNonNull(creatorRequestId, "creatorRequestId is null");
    requireNonNull(minDays, "minDays is null");
    requireNonNull(maxDays, "maxDays is null");
    requireNonNull(lockDate, "lockDate is null");
  }

  /** For people: how it is locked. */
  public String lockText() {
    if (!locked) {
      return "none";
    }
    String days = "";
    if (minDays.isPresent()) {
      days += ", at least " + minDays.getAsInt() + " days";
    }
    if (maxDays.isPresent()) {
      days += ", at most " + maxDays.getAsInt() + " days";
    }
    return lockDate.map(date -> "compliance, final from " + date).orElse("governance") + days;
  }
}
