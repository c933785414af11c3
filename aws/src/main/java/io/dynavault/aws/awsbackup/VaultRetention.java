// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The lock of a vault of AWS Backup.
 *
 * @param minDays least retention of new recovery points
 * @param maxDays longest retention of new recovery points
 * @param changeableDays days until nobody can change the lock any more (compliance mode); empty for
 *     governance mode, in which whoever has the permission can
 */
public record VaultRetention(OptionalInt minDays, OptionalInt maxDays, OptionalInt changeableDays) {
  private static final int MAX_DAYS = 36_500;
  private static final int MIN_CHANGEABLE_DAYS = 3;

  /**
   * @throws IllegalArgumentException if AWS would refuse it; the message says why
   */
  public VaultRetention {
    requireNonNull(minDays, "minDays is null");
    requireNonNull(maxDays, "maxDays is null");
    requireNonNull(changeableDays, "changeableDays is null");
    requireRange("least retention", minDays, 1);
    requireRange("longest retention", maxDays, 1);
    requireRange("time in which a lock can be changed", changeableDays, MIN_CHANGEABLE_DAYS);
    if (minDays.isPresent() && maxDays.isPresent() && minDays.getAsInt() > maxDays.getAsInt()) {
      throw new IllegalArgumentException(
          "the least retention, "
              + minDays.getAsInt()
              + " days, is above the longest, "
              + maxDays.getAsInt());
    }
  }

  /**
   * Why jobs fail that would keep a recovery point so long in the vault; empty if they do not. AWS
   * takes such a plan, and only its jobs fail (AWS Backup Developer Guide, "Vault Lock").
   */
  public Optional<String> refusalOf(Lifecycle lifecycle) {
    OptionalInt days = lifecycle.deleteAfterDays();
    if (minDays.isPresent() && days.isPresent() && days.getAsInt() < minDays.getAsInt()) {
      return Optional.of(
          "%s, and the vault's lock wants %d days at least"
              .formatted(lifecycle.describe(), minDays.getAsInt()));
    }
    if (maxDays.isPresent() && (days.isEmpty() || days.getAsInt() > maxDays.getAsInt())) {
      return Optional.of(
          "%s, and the vault's lock allows %d days at most"
              .formatted(lifecycle.describe(), maxDays.getAsInt()));
    }
    return Optional.empty();
  }

  private static void requireRange(String what, OptionalInt days, int least) {
    if (days.isPresent() && (days.getAsInt() < least || days.getAsInt() > MAX_DAYS)) {
      throw new IllegalArgumentException(
          "the "
              + what
              + ", "
              + days.getAsInt()
              + " days, is not within "
              + least
              + " to "
              + MAX_DAYS);
    }
  }
}
